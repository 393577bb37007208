#!/usr/bin/env node

// An editor waits for its server, which needs nothing of the other commands; they refuse what is written in another way than this.
if (/^lsp --stdio( --clientProcessId[= ]\d+)?$/.test(process.argv.slice(2).join(" "))) require("./server.js");
else require("./cli-commands.js");
