/** Command of the server, with the name of a rule, for clients that have none of their own: shows the rule's page on the web. */
export const OPEN_PAGE = "portolan.openPage";

const PAGES = "https://github.com/portolan-k8s/portolan/blob/main/docs/rules";

/** The page of a rule on the web. */
export function pageOf(rule: string): string {
	return `${PAGES}/${rule}.md`;
}
