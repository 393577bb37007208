import type { Mystery } from "../origin.ts";
import { NOWHERE } from "../print.ts";
import { CallError, type Context, fixed, keeping, type Param, type Signature } from "../signature.ts";
import { type Text, text } from "../text.ts";
import { struct, unknown, type Value } from "../values.ts";
import { duration, durationRound } from "./duration.ts";
import { number } from "./strings.ts";

/** What nobody knows before it is deployed: random values, certificates, dates. Nothing is looked up and no key is made. */
export const MYSTERIES: Readonly<Record<string, Signature>> = {
	randAlphaNum: characters("a"),
	randAlpha: characters("a"),
	randAscii: characters("a"),
	randNumeric: characters("0"),
	randBytes: fixed(["int"], "string", () => stand("unknown", "random")),
	uuidv4: fixed([], "string", () => stand("00000000-0000-4000-8000-000000000000", "random")),
	shuffle: fixed(["string"], "string", (_, value) => (value.value === "" ? value : stand(value.value, "random"))),
	bcrypt: texts(["string"], "hash"),
	htpasswd: texts(["string", "string"], "hash"),
	derivePassword: texts(["uint32", "string", "string", "string", "string"], "hash"),
	encryptAES: texts(["string", "string"], "random"),
	decryptAES: texts(["string", "string"], "hash"),
	genPrivateKey: texts(["string"], "certificate"),
	buildCustomCert: certificates(["string", "string"]),
	genCA: certificates(["string", "int"]),
	genCAWithKey: certificates(["string", "int", "string"]),
	genSelfSignedCert: certificates(["string", "list", "list", "int"]),
	genSelfSignedCertWithKey: certificates(["string", "list", "list", "int", "string"]),
	genSignedCert: certificates(["string", "list", "list", "int", "certificate"]),
	genSignedCertWithKey: certificates(["string", "list", "list", "int", "certificate", "string"]),
	now: fixed([], "time.Time", () => unknown("time.Time", "date")),
	toDate: times(["string", "string"]),
	mustToDate: times(["string", "string"]),
	dateModify: times(["string", "time"]),
	date_modify: times(["string", "time"]),
	mustDateModify: times(["string", "time"]),
	must_date_modify: times(["string", "time"]),
	date: texts(["string", "any"], "date"),
	dateInZone: texts(["string", "any", "string"], "date"),
	date_in_zone: texts(["string", "any", "string"], "date"),
	htmlDate: texts(["any"], "date"),
	htmlDateInZone: texts(["any", "string"], "date"),
	ago: texts(["any"], "date"),
	unixEpoch: texts(["time"], "date"),
	duration: fixed(["any"], "string", (_, value) => text(duration(value))),
	durationRound: fixed(["any"], "string", (_, value) => text(durationRound(value))),
};

/** Characters that stand in for others. They are of a kind that YAML and templates take for what the others would be. */
function stand(value: string, why: Mystery): Text {
	return text(value, { at: NOWHERE, from: "action", unknown: why });
}

function characters(char: string): Signature {
	return fixed(["int"], "string", (context: Context, count) => {
		const length = number(count);
		if (length < 0) throw new CallError("runtime error: makeslice: len out of range");
		context.reserve(length);
		return stand(char.repeat(length), "random");
	});
}

function texts(parameters: readonly Param[], why: Mystery): Signature {
	return keeping(fixed(parameters, "string", () => stand("unknown", why)));
}

function times(parameters: readonly Param[]): Signature {
	return keeping(fixed(parameters, "time.Time", () => unknown("time.Time", "date")));
}

function certificates(parameters: readonly Param[]): Signature {
	return keeping(
		fixed(parameters, "sprig.certificate", (): Value => {
			const fields = ["Cert", "Key"].map((name) => [name, stand("unknown", "certificate")] as const);
			return struct("sprig.certificate", fields);
		}),
	);
}
