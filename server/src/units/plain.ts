import type { Folder } from "./folder.ts";
import type { Role } from "./role.ts";
import { type Line, Unit } from "./unit.ts";

/** The unit of one folder: every manifest in it but the excluded ones and templates, which are gaps. */
export function plainUnit(folder: Folder, role: Role, line: Line): Unit {
	const { kind, images, configuration } = role;
	const facts = { id: `${kind}:${folder.path}`, name: folder.path, kind, path: folder.path, images, configuration };
	return new Unit(facts, { members: [{ folder, role }], rendered: [], gaps: [] }, line);
}
