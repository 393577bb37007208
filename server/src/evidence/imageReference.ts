/** An image as a container names it. */
export interface ImageReference {
	/** The name below docker.io/library; `undefined` for any other image. */
	readonly official: string | undefined;
	/** `latest` where neither a tag nor a digest is written; `undefined` where only a digest is. */
	readonly tag: string | undefined;
}

/**
 * Reads a reference, `[REGISTRY/]PATH[:TAG][@DIGEST]`; `undefined` for what is none.
 * Source: parseDockerRef of distribution/reference (a first part with a dot, a colon or `localhost` is a registry).
 */
export function parseImage(text: string): ImageReference | undefined {
	const match = /^((?:[\w.-]+(?::\d+)?\/)?[a-z0-9][a-z0-9._/-]*?)(?::(\w[\w.-]{0,127}))?(@\w+:[0-9a-fA-F]{32,})?$/.exec(text.trim());
	if (!match) return undefined;
	const [, path = "", tag, digest] = match;
	return { official: officialName(path), tag: tag ?? (digest ? undefined : "latest") };
}

/** Where the official images stand: at their home, and copied as a whole. */
const LIBRARIES: ReadonlySet<string> = new Set([
	"library",
	"docker.io",
	"docker.io/library",
	"index.docker.io",
	"index.docker.io/library",
	"registry-1.docker.io/library",
	"public.ecr.aws/docker/library",
	"mirror.gcr.io/library",
]);

function officialName(path: string): string | undefined {
	const slash = path.lastIndexOf("/");
	if (slash < 0) return path;
	return LIBRARIES.has(path.slice(0, slash)) ? path.slice(slash + 1) : undefined;
}
