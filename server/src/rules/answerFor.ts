import { isWorkload } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { isServed } from "../model/workload.ts";
import type { Report } from "./rule.ts";

/**
 * What Kubernetes answers to a wrong value at a path of an object. The Pod template of an operator's kind it sees only when the
 * operator makes Pods of it.
 */
export function answerFor(object: KubeObject, path: string): Pick<Report, "kubernetes"> {
	return isWorkload(object) && !isServed(object) && !path.startsWith("metadata") ? {} : { kubernetes: "refuses" };
}
