import { quotedTargetPort } from "./quoted-target-port.ts";
import type { Rule } from "./rule.ts";

/** Every rule, in the order in which they may speak about the same characters: the first one does. */
export const RULES: readonly Rule[] = [quotedTargetPort];
