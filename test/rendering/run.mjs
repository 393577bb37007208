// Renders the charts and kustomizations of a corpus and compares them with what Helm and kustomize answered:
// `npm run units -- CORPUS_FOLDER [UNITS_FILE] [--kind chart|kustomize] [--only PART_OF_A_PATH] [--show COUNT]`.
import { runBundled } from "../support/runBundled.mjs";

process.exitCode = await runBundled("test/rendering/main.ts", process.argv.slice(2));
