/**
 * The forms that Kubernetes demands of names, labels and values.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go (v1.36.2). Lengths count bytes there; every
 * form is ASCII, so that a text with other characters fails by its form.
 */

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** IsDNS1123Label: 63 characters of a-z, 0-9 and `-`, none of them `-` at an end. */
export function isDns1123Label(text: string): boolean {
	return text.length <= 63 && LABEL.test(text);
}

/** IsDNS1035Label: a DNS-1123 label that begins with a letter. */
export function isDns1035Label(text: string): boolean {
	return isDns1123Label(text) && /^[a-z]/.test(text);
}

/** IsDNS1123Subdomain: labels joined by dots, 253 characters. */
export function isDns1123Subdomain(text: string): boolean {
	return text.length <= 253 && SUBDOMAIN.test(text);
}

/** IsQualifiedName: an optional DNS subdomain and `/`, then up to 63 characters. Label keys, appProtocol, loadBalancerClass. */
export function isQualifiedName(text: string): boolean {
	const parts = text.split("/");
	const name = parts.at(-1) ?? "";
	if (parts.length > 2 || (parts.length === 2 && !isDns1123Subdomain(parts[0] ?? ""))) return false;
	return name.length <= 63 && QUALIFIED.test(name);
}

/** IsValidLabelValue: empty, or up to 63 characters with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
	return text === "" || (text.length <= 63 && QUALIFIED.test(text));
}

/** IsValidPortName (IANA_SVC_NAME): up to 15 of a-z, 0-9 and `-`, a letter among them, no `-` at an end or doubled. */
export function isPortName(text: string): boolean {
	return text.length >= 1 && text.length <= 15 && /^[-a-z0-9]+$/.test(text) && /[a-z]/.test(text) && !/--|^-|-$/.test(text);
}

/** IsValidPortNum. */
export function isPortNumber(value: number): boolean {
	return value >= 1 && value <= 65535;
}

/** Whether a port may be asked for by this number or name. */
export function isPort(value: number | string): boolean {
	return typeof value === "number" ? isPortNumber(value) : isPortName(value);
}
