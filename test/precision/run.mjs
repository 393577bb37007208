// Checks a corpus and compares what is found with what was judged by hand: `npm run precision -- CORPUS_FOLDER`.
import { runBundled } from "../support/runBundled.mjs";

process.exitCode = await runBundled("test/precision/main.ts", process.argv.slice(2));
