// Edits manifests in every way that hurts and checks what must always hold:
// `npm run fuzz -- [--mode process|protocol|session|events] [--count EDITS] [--seed NUMBER]`. Each bug found is printed with the seed that shows it again.
import { bundles } from "../../esbuild.mjs";
import { runBundled } from "../support/runBundled.mjs";

process.exitCode = await runBundled("test/fuzz/main.ts", process.argv.slice(2), (outdir) => bundles({ production: false, outdir }));
