/** A Service of the Pods that `deployment` makes; its target port is found when it is one of the Deployment's. */
export function service(targetPort: number | string, name = "web"): string {
	return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: ${targetPort}
`;
}

export function deployment(portName: string, name = "web", containerPort = 8080): string {
	return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: app
          image: example/${name}
          ports:
            - name: ${portName}
              containerPort: ${containerPort}
`;
}

/** What the rule about named target ports calls a name that no container port has. */
export const NOT_FOUND = "target-port-name-not-found";
