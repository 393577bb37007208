import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { open, rangeOf, revert, type, untilFindings } from "./editor.ts";

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  destination: { namespace: shop }
  source:
    repoURL: https://git.example.com/team/shop
    path: deployed/shop
    directory: { recurse: true }
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: { app: shop }
  ports:
    - port: 80
      targetPort: 9090
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:1.0
          ports: [{ containerPort: 8080 }]
`;

const FILES = { "argocd/shop.yaml": APPLICATION, "shop/access/service.yaml": SERVICE, "shop/app/deployment.yaml": DEPLOYMENT };

/** A Service and its Deployment in two folders, which only an Application of Argo CD deploys together. */
export function deployers(): void {
	suite("What a tool deploys in VS Code", () => {
		let folder: vscode.Uri;

		suiteSetup(() => {
			const [root] = vscode.workspace.workspaceFolders ?? [];
			assert(root, "no folder is open");
			folder = vscode.Uri.joinPath(root.uri, "deployed");
			for (const [name, text] of Object.entries(FILES)) {
				const file = path.join(folder.fsPath, name);
				fs.mkdirSync(path.dirname(file), { recursive: true });
				fs.writeFileSync(file, text);
			}
		});

		suiteTeardown(() => vscode.workspace.fs.delete(folder, { recursive: true }));

		test("a wrong target port is found where an Application deploys the Service together with its Pods, and as long as it does", async () => {
			const application = await open("deployed/argocd/shop.yaml");
			const service = await open("deployed/shop/access/service.yaml");
			const [finding] = await untilFindings(service, 1);
			assert.deepEqual(finding?.range, rangeOf(service, "9090"));
			assert.match(finding?.message ?? "", /^targetPort 9090 is not a port of Deployment shop/);
			await type(application, "recurse: true", "recurse: false");
			await untilFindings(service, 0);
			await revert(application);
			await untilFindings(service, 1);
		});
	});
}
