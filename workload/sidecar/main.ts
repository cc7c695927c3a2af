import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { makeLog } from '../service/log.ts';
import { makeGateway } from './gateway.ts';
import { makeInbound } from './inbound.ts';
import { ManifestError } from './objects.ts';
import { makeOutbound } from './outbound.ts';
import { readSettings } from './settings.ts';
import { makeSidecar, type Sidecar } from './state.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: sidecar <settings.json>\n');
  process.exit(64);
}
const settings = readSettings(file);
const log = makeLog(
  `sidecar ${settings.pod.namespace}/${settings.pod.name}`,
  (line) => void process.stdout.write(line),
);

/** `GET /ready`; `POST /reload` reads manifests and endpoints again. On loopback only. */
function makeAdmin(sidecar: Sidecar): http.Server {
  return http.createServer((request, response) => {
    const asked = `${request.method} ${request.url}`;
    if (asked === 'GET /ready') return void response.end('ready\n');
    if (asked !== 'POST /reload') return void response.writeHead(404).end('No such path.\n');
    try {
      sidecar.reload();
      response.end('reloaded\n');
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error;
      log('error', 'reload-refused', { reason: error.message });
      response.writeHead(422).end(`${error.message}\n`);
    }
  });
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

try {
  const sidecar = makeSidecar(settings, log);
  const inbound = await listen(makeInbound(sidecar), settings.inboundPort, settings.inboundAddress);
  const outbound = await listen(makeOutbound(sidecar), settings.outboundPort, '127.0.0.1');
  const admin = await listen(makeAdmin(sidecar), settings.adminPort, '127.0.0.1');
  const gateway =
    settings.gateway === undefined
      ? undefined
      : await listen(makeGateway(sidecar, settings.gateway), settings.gateway.port, '127.0.0.1');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
  log('info', 'started', { inbound, outbound, admin, gateway });
} catch (error) {
  log('error', 'not-started', { reason: (error as Error).message });
  process.exit(1);
}
