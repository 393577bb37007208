import type { GoFunction } from "../signature.ts";
import { BUILTINS } from "./builtin.ts";
import { DICTS } from "./dicts.ts";
import { ENCODING } from "./encoding.ts";
import { HELM } from "./helm.ts";
import { LISTS } from "./lists.ts";
import { MATH } from "./math.ts";
import { MYSTERIES } from "./mysteries.ts";
import { PATHS } from "./paths.ts";
import { REGEX } from "./regex.ts";
import { SEMVER } from "./semver.ts";
import { STRINGS } from "./strings.ts";
import { TYPES } from "./types.ts";
import { URLS } from "./urls.ts";

/** Every function that a Helm template can call: text/template's, sprig's (without env and expandenv) and Helm's own. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(
	[BUILTINS, STRINGS, LISTS, DICTS, MATH, SEMVER, ENCODING, REGEX, PATHS, URLS, TYPES, MYSTERIES, HELM].flatMap((group) =>
		Object.entries(group).map(([name, signature]) => [name, { ...signature, name }] as const),
	),
);
