import { once } from 'node:events';
import * as net from 'node:net';
import { longestHello, serverName } from './server-name.ts';

/** The subnets that pods of the workload are in; a firewall rule names its sources by subnet. */
export type PodSubnet = 'in-scope' | 'out-of-scope';

/**
 * Which names the landing zone's firewall lets out on 443, by subnet of the caller's pod. Everything else is refused. That the
 * synthesized firewall policy says the same is for the verifier to prove; here the chain is tried against it.
 */
export const allowedNames: Readonly<Record<PodSubnet, readonly string[]>> = {
  'in-scope': [],
  'out-of-scope': ['packages.microsoft.com'],
};

export interface Firewall {
  /** Where each subnet's default route leads. */
  readonly ports: Readonly<Record<PodSubnet, number>>;
  /** Names that were refused, `subnet name`. */
  readonly refused: readonly string[];
  close(): void;
}

/**
 * Stands in for the hub's firewall: takes a connection, reads the server name that the TLS client asks for, and lets it through to
 * the stand-in host or resets it. Nothing ever leaves loopback.
 * @param hosts port of the stand-in on loopback, by name
 */
export async function startFirewall(
  hosts: Readonly<Record<string, number>>,
  rules: Readonly<Record<PodSubnet, readonly string[]>> = allowedNames,
): Promise<Firewall> {
  const refused: string[] = [];
  const servers = await Promise.all(
    (['in-scope', 'out-of-scope'] as const).map(async (subnet) => {
      const server = net.createServer((client) => filter(client, subnet));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return [subnet, server] as const;
    }),
  );

  function filter(client: net.Socket, subnet: PodSubnet): void {
    let seen = Buffer.alloc(0);
    client.on('error', () => client.destroy());
    client.setTimeout(5_000, () => client.destroy());
    client.on('data', function read(chunk: Buffer) {
      seen = Buffer.concat([seen, chunk]);
      const asked = serverName(seen);
      if (asked === 'more' && seen.length < longestHello) return;
      client.off('data', read);
      client.pause();
      const name = typeof asked === 'string' ? '' : asked.name;
      const port = rules[subnet].includes(name) && Object.hasOwn(hosts, name) ? hosts[name] : undefined;
      if (port === undefined) {
        refused.push(`${subnet} ${name}`);
        client.resetAndDestroy();
        return;
      }
      client.setTimeout(0);
      const onward = net.connect(port, '127.0.0.1', () => {
        onward.write(seen);
        client.pipe(onward);
        onward.pipe(client);
      });
      onward.on('error', () => client.destroy());
      client.on('close', () => onward.destroy());
    });
  }

  return {
    ports: Object.fromEntries(
      servers.map(([subnet, server]) => [subnet, (server.address() as net.AddressInfo).port]),
    ) as Record<PodSubnet, number>,
    refused,
    close: () => {
      for (const [, server] of servers) server.close();
    },
  };
}
