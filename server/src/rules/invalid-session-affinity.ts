import { given, isUnreadable } from "../model/field.ts";
import { placeOf } from "../model/places.ts";
import type { Service } from "../model/service.ts";
import { noneOf } from "./oneOf.ts";
import { removeField } from "./removeField.ts";
import { type Report, rule } from "./rule.ts";

export const invalidSessionAffinity = rule({
	name: "invalid-session-affinity",
	levels: ["error", "information"],
	on: "Service",
	whole: true,
	summary:
		"A session affinity that Kubernetes does not know, a timeout outside a day, or a configuration without the affinity that reads it.",
	why: "Kubernetes refuses any affinity but None and ClientIP and any timeout but 1 to 86400 seconds; a configuration without ClientIP it drops without a word.",
	source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: clientIP
  selector:
    app: web
  ports:
    - port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service) {
		const { spec, sessionAffinity } = service;
		if (!spec || isUnreadable(sessionAffinity)) return;
		const affinity = given(sessionAffinity) ?? "None";
		const unknown = affinity === "None" ? undefined : noneOf(spec, sessionAffinity, ["None", "ClientIP"]);
		if (unknown) yield unknown;
		else yield* affinity === "ClientIP" ? timeout(service) : dropped(service);
	},
});

const DAY = 86400;

/** 0 is no default here, for the field is a pointer. Source: validateClientIPAffinityConfig of pkg/apis/core/validation/validation.go. */
function* timeout({ affinityTimeout }: Service): Iterable<Report> {
	const seconds = affinityTimeout?.value;
	if (!affinityTimeout || seconds === undefined || (seconds > 0 && seconds <= DAY)) return;
	yield { at: placeOf(affinityTimeout), message: `timeoutSeconds ${seconds} is outside 1-${DAY}`, kubernetes: "refuses" };
}

/** Source: SetDefaults_Service of pkg/apis/core/v1/defaults.go. */
function* dropped({ spec, sessionAffinity, sessionAffinityConfig }: Service): Iterable<Report> {
	if (!spec || !sessionAffinityConfig?.value?.entries.length) return;
	const why = given(sessionAffinity) ? "sessionAffinity is None" : "no sessionAffinity is written";
	yield {
		at: sessionAffinityConfig.key,
		level: "information",
		message: `sessionAffinityConfig is dropped, since ${why}`,
		tag: "unnecessary",
		fixes: removeField(spec, sessionAffinityConfig),
	};
}
