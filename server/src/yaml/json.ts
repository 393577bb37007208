/** Whether a whole text is JSON, of whatever kind of value. */
export function parsesAsJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
