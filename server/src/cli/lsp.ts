import { nodeDisk } from "../session/disk.ts";
import { type Command, Failure } from "./command.ts";
import { loadRenderers } from "./renderers.ts";

export const lsp: Command = {
	name: "lsp",
	operands: "",
	summary: "Serves an editor by the Language Server Protocol",
	options: {
		stdio: { help: "over standard input and output" },
		clientProcessId: { value: "PID", help: "end with the process of this number" },
	},
	run: async (call) => {
		if (!call.isOn("stdio")) throw new Failure("lsp speaks over standard input and output only: portolan lsp --stdio");
		// Loaded here, so that the other commands start without it.
		const { startServer } = await import("../lsp/start.ts");
		startServer(nodeDisk(), loadRenderers);
		return 0;
	},
};
