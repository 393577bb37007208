/** A part of Kubernetes that listens on a port of its node. */
export interface Reservation {
	readonly owner: string;
	/** The part of an image's name by which it is known. */
	readonly image: RegExp;
}

const KUBELET: Reservation = { owner: "the kubelet", image: /kubelet/ };
const KUBE_PROXY: Reservation = { owner: "kube-proxy", image: /kube-proxy/ };
const ETCD: Reservation = { owner: "etcd", image: /etcd/ };

/** By TCP port. Source: pkg/cluster/ports/ports.go; etcd's own defaults. */
const RESERVATIONS: ReadonlyMap<number, Reservation> = new Map([
	[10248, KUBELET],
	[10249, KUBE_PROXY],
	[10250, KUBELET],
	[10255, KUBELET],
	[10256, KUBE_PROXY],
	[10257, { owner: "the controller manager", image: /controller-manager/ }],
	[10258, { owner: "the cloud controller manager", image: /cloud-controller|controller-manager/ }],
	[10259, { owner: "the scheduler", image: /scheduler/ }],
	[6443, { owner: "the API server", image: /apiserver/ }],
	[2379, ETCD],
	[2380, ETCD],
]);

/** Images that are all parts of Kubernetes in one. */
const WHOLE = /(^|\/)(hyperkube|k3s|rke2|k0s|microk8s|kindest\/node)\b/;

/** What takes a TCP port of a node for itself, unless the image is its own. */
export function reservationOf(number: number, image: string | undefined): Reservation | undefined {
	const whole = image ?? "";
	const found = RESERVATIONS.get(number);
	return found && !found.image.test(whole.slice(whole.lastIndexOf("/") + 1)) && !WHOLE.test(whole) ? found : undefined;
}
