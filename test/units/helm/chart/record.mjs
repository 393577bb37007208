// Records anew what Helm answers for the charts in `recorded/`: `node test/units/helm/chart/record.mjs HELM`.
import { runBundled } from "../../../support/runBundled.mjs";

process.exitCode = await runBundled("test/units/helm/chart/record.ts", process.argv.slice(2));
