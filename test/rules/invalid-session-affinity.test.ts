import { invalidSessionAffinity } from "../../server/src/rules/invalid-session-affinity.ts";
import { check } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
  ports: [{ port: 80 }]
`;

check(
	invalidSessionAffinity,
	"another word",
	service(`  sessionAffinity: Sticky
#                  ^^^^^^ error: sessionAffinity "Sticky" is none of None, ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }`),
);

for (const seconds of ["0", "-1", "86401"]) {
	const carets = "^".repeat(seconds.length);
	check(
		invalidSessionAffinity,
		`a timeout outside a day: ${seconds}`,
		service(`  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${seconds}
#                     ${carets} error: timeoutSeconds ${seconds} is outside 1-86400`),
	);
}

for (const seconds of ["1", "86400", "~", "", "${SECONDS}"]) {
	check(
		invalidSessionAffinity,
		`a timeout of a day at most, the default, or a placeholder: ${seconds}`,
		service(`  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${seconds}`),
	);
}

check(
	invalidSessionAffinity,
	"a configuration without ClientIP is dropped, whatever is in it",
	service(`  sessionAffinityConfig: { clientIP: { timeoutSeconds: 100000 } }
# ^^^^^^^^^^^^^^^^^^^^^ information: sessionAffinityConfig is dropped, since no sessionAffinity is written`),
	{ fix: { title: "Remove sessionAffinityConfig", gives: service("").replace("\n\n", "\n") } },
);

check(
	invalidSessionAffinity,
	"None is what drops it",
	service(`  sessionAffinity: None
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 90 } }
# ^^^^^^^^^^^^^^^^^^^^^ information: sessionAffinityConfig is dropped, since sessionAffinity is None`),
);

check(
	invalidSessionAffinity,
	"an empty configuration, an empty affinity and a placeholder are fine",
	`${service("  sessionAffinity: ''\n  sessionAffinityConfig: {}")}---${service('  sessionAffinity: "${AFFINITY}"\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }').replace("name: web", "name: b")}`,
);
