import { hostPortConflict } from "./host-port-conflict.ts";
import { invalidTrafficPolicy } from "./invalid-traffic-policy.ts";
import { invalidYaml } from "./invalid-yaml.ts";
import { nodePortConflict } from "./node-port-conflict.ts";
import { nodePortOutOfRange } from "./node-port-out-of-range.ts";
import { quotedTargetPort } from "./quoted-target-port.ts";
import type { Rule } from "./rule.ts";
import { serviceWithoutPods } from "./service-without-pods.ts";
import { slashComment } from "./slash-comment.ts";
import { targetPortNameNotFound } from "./target-port-name-not-found.ts";
import { targetPortNotDeclared } from "./target-port-not-declared.ts";

/** Every rule, in the order in which they may speak about the same characters: the first one does. */
export const RULES: readonly Rule[] = [
	invalidYaml,
	slashComment,
	quotedTargetPort,
	invalidTrafficPolicy,
	nodePortOutOfRange,
	nodePortConflict,
	targetPortNameNotFound,
	targetPortNotDeclared,
	serviceWithoutPods,
	hostPortConflict,
];
