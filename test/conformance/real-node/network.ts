import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PodSubnet } from '../../../workload/local/egress-firewall.ts';

/** Addresses of the two nodes, of documentation's first network (RFC 5737). */
export const nodeAddresses = ['192.0.2.11', '192.0.2.12'] as const;
/** Where each subnet's way out leads: addresses outside every private network, as policies for the Internet mean them. */
export const firewalls: Readonly<Record<PodSubnet, string>> = {
  'in-scope': '203.0.113.101',
  'out-of-scope': '203.0.113.102',
};

/**
 * Makes this network namespace a machine room: loopback, the nodes' addresses, forwarding, and a link to the world outside, which is a
 * namespace of its own. Everything is gone when the processes of this one are.
 */
export function layCables(): void {
  mkdirSync('/run/netns', { recursive: true });
  const link = (text: string) => must('ip', text.split(' '));
  must('mount', ['-t', 'tmpfs', 'netns', '/run/netns']);
  link('link set lo up');
  link('netns add outside');
  link('link add to-outside type veth peer name to-cluster netns outside');
  link('addr add 198.51.100.1/24 dev to-outside');
  link('link set to-outside up');
  for (const address of nodeAddresses) link(`addr add ${address}/32 dev to-outside`);
  for (const address of Object.values(firewalls)) link(`route add ${address}/32 via 198.51.100.2`);
  const outside = (text: string) => link(`netns exec outside ip ${text}`);
  outside('link set lo up');
  outside('addr add 198.51.100.2/24 dev to-cluster');
  for (const address of Object.values(firewalls)) outside(`addr add ${address}/32 dev to-cluster`);
  outside('link set to-cluster up');
  outside('route add default via 198.51.100.1');
  // kubelet and kube-proxy ask for a default route; it leads to the only other machine there is.
  link('route add default via 198.51.100.2');
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
}

/** Starts the hosts outside and the firewall before them. @returns the authority of their certificates, PEM */
export async function startOutside(): Promise<string> {
  const gates = Object.entries(firewalls).map(([subnet, address]) => `${subnet}=${address}`);
  const args = ['netns', 'exec', 'outside', process.execPath, '--import', 'tsx'];
  const child = spawn('ip', [...args, `${import.meta.dirname}/outside.ts`, ...gates], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return (JSON.parse(line) as { readonly authority: string }).authority;
  }
  throw new Error('The hosts outside did not start.');
}

function must(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
