import assert from "node:assert/strict";
import { test } from "node:test";
import { contains, kindOfAddress, parseAddress, parseNetwork, printAddress, printNetwork } from "../../server/src/model/address.ts";

/** What Go's netutils.ParseIPSloppy reads, and netip.ParseAddr prints. */
const ADDRESSES: readonly (readonly [text: string, printed: string | undefined, flags?: string])[] = [
	["10.0.0.1", "10.0.0.1"],
	["010.0.0.1", "10.0.0.1", "zeros"],
	["10.0.0.0000000001", "10.0.0.1", "zeros"],
	["10.0.0.256", undefined],
	["10.0.0", undefined],
	["10.0.0.1.2", undefined],
	[" 10.0.0.1", undefined],
	["10.0.0.1:80", undefined],
	["::", "::"],
	["::1", "::1"],
	["FD00:0:0:0:0:0:0:1", "fd00::1"],
	["fd00::00001", "fd00::1", "zeros"],
	["fd00::10000", undefined],
	["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
	["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
	["1:2:3:4:5:6:7::8", undefined],
	["1::2::3", undefined],
	["fe80::1%eth0", undefined],
	["::ffff:1.2.3.4", "1.2.3.4", "mapped"],
	["::FFFF:01.2.3.4", "1.2.3.4", "zeros mapped"],
	["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
	["", undefined],
	["None", undefined],
];

for (const [text, printed, flags = ""] of ADDRESSES) {
	test(`${JSON.stringify(text)} is ${printed ?? "no address"} ${flags}`, () => {
		const address = parseAddress(text);
		assert.equal(address && printAddress(address), printed);
		const found = [address?.leadingZeros && "zeros", address?.mapped && "mapped"].filter(Boolean).join(" ");
		assert.equal(found, flags);
	});
}

const NETWORKS: readonly (readonly [text: string, printed: string | undefined, hostBits?: boolean])[] = [
	["10.0.0.0/8", "10.0.0.0/8", false],
	["10.1.2.3/8", "10.0.0.0/8", true],
	["10.0.0.1/32", "10.0.0.1/32", false],
	["10.0.0.0/33", undefined],
	["10.0.0.0", undefined],
	["10.0.0.0/", undefined],
	["FD00::1/64", "fd00::/64", true],
	["::/0", "::/0", false],
	["::ffff:1.2.3.0/120", "1.2.3.0/24", false],
	["::ffff:1.2.3.0/64", "::/64", true],
	["fd00::/129", undefined],
];

for (const [text, printed, hostBits] of NETWORKS) {
	test(`${text} is ${printed ?? "no network"}`, () => {
		const network = parseNetwork(text);
		assert.equal(network && printNetwork(network), printed);
		assert.equal(network?.hostBits, hostBits);
	});
}

test("addresses that lead nowhere are known", () => {
	const kinds = [
		"0.0.0.0",
		"::",
		"127.1.2.3",
		"::1",
		"169.254.1.1",
		"febf::1",
		"224.0.0.251",
		"ff02::1",
		"ff12::1",
		"224.1.0.1",
		"fec0::1",
	].map((text) => {
		const address = parseAddress(text);
		return address && kindOfAddress(address);
	});
	assert.deepEqual(kinds, [
		"unspecified",
		"unspecified",
		"loopback",
		"loopback",
		"link-local unicast",
		"link-local unicast",
		"link-local multicast",
		"link-local multicast",
		"link-local multicast",
		"ordinary",
		"ordinary",
	]);
});

test("a network holds the addresses of its family that begin like it", () => {
	const holds = (network: string, address: string) => {
		const [one, other] = [parseNetwork(network), parseAddress(address)];
		return one && other && contains(one, other);
	};
	assert.equal(holds("10.0.0.0/9", "10.127.0.1"), true);
	assert.equal(holds("10.0.0.0/9", "10.128.0.1"), false);
	assert.equal(holds("0.0.0.0/0", "fd00::1"), false);
	assert.equal(holds("fd00::/8", "fd12::1"), true);
});
