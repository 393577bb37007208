/** Characters that mean something to YAML, as UTF-16 units. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const DOUBLE = 0x22;
export const HASH = 0x23;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const SINGLE = 0x27;
export const ASTERISK = 0x2a;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const BACKSLASH = 0x5c;
export const BAR = 0x7c;
export const NEXT_LINE = 0x85;
export const LINE_SEPARATOR = 0x2028;
export const PARAGRAPH_SEPARATOR = 0x2029;
export const BYTE_ORDER_MARK = 0xfeff;

/** The line breaks of YAML 1.1. */
export function isBreak(char: number): boolean {
	return char === LF || char === CR || char === NEXT_LINE || char === LINE_SEPARATOR || char === PARAGRAPH_SEPARATOR;
}

export function isBreakOrEnd(char: number): boolean {
	return char === 0 || isBreak(char);
}

export function isBlank(char: number): boolean {
	return char === SPACE || char === TAB;
}

export function isBlankOrEnd(char: number): boolean {
	return isBlank(char) || isBreakOrEnd(char);
}

/** What ends a plain scalar inside a flow collection. */
export function isFlowIndicator(char: number): boolean {
	return char === 0x2c || char === QUESTION || char === 0x5b || char === 0x5d || char === 0x7b || char === 0x7d;
}
