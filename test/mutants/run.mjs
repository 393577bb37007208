// Puts faults into manifests that are sound and counts how many are found: `npm run mutants [-- CORPUS_FOLDER [PLACES]]`, without a corpus into generated ones, with --pairs two faults each.
import { runBundled } from "../support/runBundled.mjs";

process.exitCode = await runBundled("test/mutants/main.ts", process.argv.slice(2));
