import { type Flags, formatValue } from "./format.ts";
import { printed, typeOf } from "./print.ts";
import type { Context } from "./signature.ts";
import { type Text, TextBuilder } from "./text.ts";
import type { Value } from "./values.ts";

type Meter = Pick<Context, "reserve">;

/** Go's fmt.Sprintf with its ways to complain (`%!d(string=a)`). Source: print.go and format.go of Go's fmt. */
export function sprintf(context: Meter, format: Text, values: readonly Value[]): Text {
	return new Printer(context, format, values).print();
}

/** Go takes no width and no precision beyond this. */
const TOO_LARGE = 1_000_000;

class Printer {
	private readonly context: Meter;
	private readonly format: Text;
	private readonly values: readonly Value[];
	private readonly builder = new TextBuilder();
	private at = 0;
	private argument = 0;
	private reordered = false;
	private good = true;
	private behindIndex = false;

	constructor(context: Meter, format: Text, values: readonly Value[]) {
		this.context = context;
		this.format = format;
		this.values = values;
	}

	print(): Text {
		const { builder, format } = this;
		const { value } = format;
		while (this.at < value.length) {
			const percent = value.indexOf("%", this.at);
			builder.addText(format, this.at, percent < 0 ? value.length : percent);
			if (percent < 0) break;
			this.at = percent + 1;
			if (!this.verb()) break;
		}
		if (!this.reordered && this.argument < this.values.length) this.extra();
		return builder.text();
	}

	private extra(): void {
		const { builder, context } = this;
		builder.add("%!(EXTRA ");
		for (const [index, value] of this.values.slice(this.argument).entries()) {
			if (index > 0) builder.add(", ");
			if (value.kind !== "nil") builder.add(`${typeOf(value)}=`);
			builder.addText(printed(context, value));
		}
		builder.add(")");
	}

	/** Prints by one verb; false where the format ends before it. */
	private verb(): boolean {
		const { builder, values } = this;
		const flags = this.flags();
		if (this.at >= this.format.value.length) {
			builder.add("%!(NOVERB)");
			return false;
		}
		const verb = String.fromCodePoint(this.format.value.codePointAt(this.at) ?? 0);
		this.at += verb.length;
		const value = values[this.argument];
		if (verb === "%") builder.add("%");
		else if (!this.good) builder.add(`%!${verb}(BADINDEX)`);
		else if (!value) builder.add(`%!${verb}(MISSING)`);
		else {
			this.argument++;
			const before = builder.length;
			const general = verb === "v" || verb === "w";
			formatValue(this.context, builder, value, general ? "v" : verb, general ? { ...flags, plus: false } : flags, true);
			this.context.reserve(builder.length - before);
		}
		return true;
	}

	private flags(): Flags {
		const { value } = this.format;
		const signs = /[#0+\- ]*/y;
		signs.lastIndex = this.at;
		const written = signs.exec(value)?.[0] ?? "";
		this.at += written.length;
		this.good = true;
		this.behindIndex = false;
		this.index();
		let minus = written.includes("-");
		let zero = written.includes("0");
		let width = this.starred("%!(BADWIDTH)");
		if (width === undefined) {
			width = this.digits();
			if (this.behindIndex && width !== undefined) this.good = false;
		} else if (width !== null && width < 0) {
			width = -width;
			minus = true;
			zero = false;
		}
		const precision = this.precision();
		if (!this.behindIndex) this.index();
		return {
			sharp: written.includes("#"),
			zero,
			plus: written.includes("+"),
			minus,
			space: written.includes(" "),
			width: width ?? undefined,
			precision: precision ?? undefined,
		};
	}

	private precision(): number | undefined {
		if (this.format.value[this.at] !== "." || this.at + 1 >= this.format.value.length) return undefined;
		this.at++;
		if (this.behindIndex) this.good = false;
		this.index();
		const starred = this.starred("%!(BADPREC)");
		if (starred === undefined) return this.digits() ?? 0;
		return starred !== null && starred >= 0 ? starred : undefined;
	}

	/** Reads `*`: the number that the next value is, `null` where it is none; `undefined` where no `*` stands. */
	private starred(complaint: string): number | null | undefined {
		if (this.format.value[this.at] !== "*") return undefined;
		this.at++;
		this.behindIndex = false;
		const value = this.values[this.argument];
		if (value) this.argument++;
		if (value?.kind === "int" && Math.abs(Number(value.value)) <= TOO_LARGE) return Number(value.value);
		this.builder.add(complaint);
		return null;
	}

	private digits(): number | undefined {
		const digits = /[0-9]+/y;
		digits.lastIndex = this.at;
		const written = digits.exec(this.format.value)?.[0];
		if (written === undefined) return undefined;
		if (Number(written) > TOO_LARGE * 10) {
			this.at = this.format.value.length;
			return undefined;
		}
		this.at += written.length;
		return Number(written);
	}

	/** Reads `[n]`, the number of the next value. */
	private index(): void {
		this.behindIndex = false;
		const { value } = this.format;
		if (value[this.at] !== "[") return;
		this.reordered = true;
		const close = value.indexOf("]", this.at + 1);
		const digits = close < 0 ? "" : value.slice(this.at + 1, close);
		this.at = close < 0 ? this.at + 1 : close + 1;
		const number = /^[0-9]+$/.test(digits) ? Number(digits) - 1 : -1;
		this.behindIndex = /^[0-9]+$/.test(digits);
		if (number >= 0 && number < this.values.length) this.argument = number;
		else this.good = false;
	}
}
