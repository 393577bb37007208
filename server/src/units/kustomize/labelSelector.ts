/** Whether labels fit. */
export type LabelTest = (labels: ReadonlyMap<string, string>) => boolean;

/**
 * A label selector in its written form: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, joined by commas.
 * `undefined` for what is none.
 * Source: Parse() of k8s.io/apimachinery/pkg/labels/selector.go.
 */
export function labelSelector(text: string): LabelTest | undefined {
	const tests: LabelTest[] = [];
	let rest = text.trim();
	while (rest !== "") {
		const requirement = REQUIREMENTS.map(({ form, test }) => ({ match: form.exec(rest), test })).find(({ match }) => match);
		if (!requirement?.match) return undefined;
		tests.push(requirement.test(requirement.match));
		rest = rest.slice(requirement.match[0].length).trimStart();
		if (rest === "") break;
		if (!rest.startsWith(",")) return undefined;
		rest = rest.slice(1).trimStart();
		if (rest === "") return undefined;
	}
	return (labels) => tests.every((test) => test(labels));
}

const KEY = "([A-Za-z0-9][\\w./-]*)";
const VALUE = "([\\w.-]*)";

function form(pattern: string): RegExp {
	return new RegExp(`^${pattern}(?=\\s*(?:,|$))`);
}

const REQUIREMENTS: readonly { readonly form: RegExp; readonly test: (match: RegExpExecArray) => LabelTest }[] = [
	{
		form: form(`!\\s*${KEY}`),
		test:
			([, key = ""]) =>
			(labels) =>
				!labels.has(key),
	},
	{
		form: form(KEY),
		test:
			([, key = ""]) =>
			(labels) =>
				labels.has(key),
	},
	{
		form: form(`${KEY}\\s*==?\\s*${VALUE}`),
		test:
			([, key = "", value = ""]) =>
			(labels) =>
				labels.get(key) === value,
	},
	{
		form: form(`${KEY}\\s*!=\\s*${VALUE}`),
		test:
			([, key = "", value = ""]) =>
			(labels) =>
				labels.get(key) !== value,
	},
	{
		form: form(`${KEY}\\s+in\\s*\\(([^)]*)\\)`),
		test:
			([, key = "", list = ""]) =>
			(labels) =>
				holds(list, labels.get(key)),
	},
	{
		form: form(`${KEY}\\s+notin\\s*\\(([^)]*)\\)`),
		test:
			([, key = "", list = ""]) =>
			(labels) =>
				!holds(list, labels.get(key)),
	},
	{
		form: form(`${KEY}\\s*>\\s*(\\d+)`),
		test:
			([, key = "", value]) =>
			(labels) =>
				Number(labels.get(key) ?? Number.NaN) > Number(value),
	},
	{
		form: form(`${KEY}\\s*<\\s*(\\d+)`),
		test:
			([, key = "", value]) =>
			(labels) =>
				Number(labels.get(key) ?? Number.NaN) < Number(value),
	},
];

function holds(list: string, value: string | undefined): boolean {
	return value !== undefined && list.split(",").some((each) => each.trim() === value);
}
