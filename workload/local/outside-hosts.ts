import { once } from 'node:events';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from './certificates.ts';

/** The two hosts outside, and the addresses that policies see: of TEST-NET-3 (RFC 5737), which belong to nobody. */
export const outsideAddresses: Readonly<Record<string, string>> = {
  'packages.microsoft.com': '203.0.113.10',
  'example.org': '203.0.113.20',
};

export interface OutsideHosts {
  readonly ports: Readonly<Record<string, number>>;
  /** What was asked, `METHOD name path`. */
  readonly asked: readonly string[];
  close(): void;
}

/** Stand-ins for the hosts outside, on loopback, each with a certificate for its real name. The real ones are never contacted. */
export async function startOutsideHosts(authority: Authority): Promise<OutsideHosts> {
  const asked: string[] = [];
  const started = await Promise.all(
    Object.keys(outsideAddresses).map(async (name) => {
      const { certificate, key } = authority.issue({ dns: name });
      const server = https.createServer({ cert: certificate, key }, (request, response) => {
        asked.push(`${request.method} ${request.headers.host} ${request.url}`);
        response.writeHead(request.headers.host === name ? 200 : 421).end();
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return { name, server, port: (server.address() as AddressInfo).port };
    }),
  );
  return {
    ports: Object.fromEntries(started.map(({ name, port }) => [name, port])),
    asked,
    close: () => {
      for (const { server } of started) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
