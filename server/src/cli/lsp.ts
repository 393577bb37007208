import { type Command, Failure } from "./command.ts";

export const lsp: Command = {
	name: "lsp",
	operands: "",
	summary: "Serves an editor by the Language Server Protocol",
	options: {
		stdio: { help: "over standard input and output" },
		clientProcessId: { value: "PID", help: "end with the process of this number" },
	},
	run: (call) => {
		if (!call.isOn("stdio")) throw new Failure("lsp speaks over standard input and output only: portolan lsp --stdio");
		// No bundle but its own holds the server.
		const server = "./server.js";
		require(server);
		return 0;
	},
};
