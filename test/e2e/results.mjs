/** Prints one result: a tick and the title, or the error below it. */
export function print({ title, error }) {
	console.log(error === undefined ? `  ✓ ${title}` : `  ✗ ${title}\n${error.replace(/^/gm, "      ")}`);
}
