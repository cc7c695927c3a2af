import { once } from 'node:events';
import * as net from 'node:net';
import { makeAuthority } from '../../../workload/local/certificates.ts';
import { type PodSubnet, startFirewall } from '../../../workload/local/egress-firewall.ts';
import { startOutsideHosts } from '../../../workload/local/outside-hosts.ts';

/**
 * The world outside the cluster, in a network namespace of its own: the two hosts and the firewall before them, by the subnet of the
 * caller. Arguments: `subnet=address` pairs. Prints the authority of the hosts' certificates once it listens.
 */
const gates = process.argv.slice(2).map((pair) => pair.split('=') as [PodSubnet, string]);
const authority = makeAuthority('Web of one run', new Date());
const hosts = await startOutsideHosts(authority);
const firewall = await startFirewall(hosts.ports);
for (const [subnet, address] of gates) {
  const gate = net.createServer((client) => {
    const onward = net.connect(firewall.ports[subnet], '127.0.0.1');
    client.on('error', () => onward.destroy()).on('close', () => onward.destroy());
    onward.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  gate.listen(443, address);
  await once(gate, 'listening');
}
process.stdout.write(`${JSON.stringify({ authority: authority.certificate })}\n`);
