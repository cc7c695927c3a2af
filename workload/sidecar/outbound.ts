import * as http from 'node:http';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import * as tls from 'node:tls';
import { type SidecarLayer, stopsLeavingForHost, stopsLeavingForPod } from './decide.ts';
import { mustBe } from './peer-identity.ts';
import type { Pod } from './pods.ts';
import { endpointsOf, findService, isKnownOutside } from './registry.ts';
import { keyOf, type Sidecar } from './state.ts';

type Request = http.IncomingMessage;
type Response = http.ServerResponse;

/** The listener for the application beside this sidecar: an HTTP proxy on loopback. */
export function makeOutbound(sidecar: Sidecar): http.Server {
  const server = http.createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url as string) : undefined;
    if (url?.protocol !== 'http:')
      return fail(response, 400, 'The outbound listener takes http:// addresses and CONNECT.');
    const port = url.port === '' ? 80 : Number(url.port);
    forward(sidecar, { host: url.hostname, port, path: `${url.pathname}${url.search}` }, request, response).catch(() =>
      fail(response, 503, 'The call failed on its way.'),
    );
  });
  server.on('connect', (request: Request, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    connectOutside(sidecar, request.url ?? '', socket).catch(() => socket.destroy());
  });
  return server;
}

/**
 * Sends a request on to a pod behind a Service, over mutual TLS with this pod's certificate. A connection that a NetworkPolicy drops
 * gets no answer: the caller waits for the connect time-out, as it does in a cluster, and then hears 503 from its own sidecar.
 */
export async function forward(
  sidecar: Sidecar,
  to: { readonly host: string; readonly port: number; readonly path: string },
  request: Request,
  response: Response,
): Promise<void> {
  const { cluster, self, endpoints } = sidecar.known();
  const service = findService(cluster.registry, to.host, self.namespace);
  if (service === undefined) {
    // Plain HTTP to hosts outside is in no registry here and leaves through no firewall rule.
    const isKnown = isKnownOutside(cluster.registry, to.host, to.port, self.namespace);
    return stopped(sidecar, to.host, ['mesh registry'], () =>
      fail(response, isKnown ? 503 : 502, 'The host is not in the registry.'),
    );
  }
  const [endpoint] = endpointsOf(service, to.port, cluster.pods);
  const address = endpoint === undefined ? undefined : endpoints[keyOf(endpoint.pod)]?.inbound;
  if (endpoint === undefined || address === undefined)
    return fail(response, 503, 'Nobody listens behind this name and port.');
  const stops = sidecar.settings.enforceNetworkPolicy
    ? stopsLeavingForPod(cluster, self, endpoint.pod, endpoint.port)
    : [];
  if (stops.length > 0) {
    return stopped(sidecar, endpoint.pod.name, stops, async () => {
      await wait(sidecar.settings.dropMs);
      fail(response, 503, 'No connection in time.');
    });
  }
  await relay(sidecar, endpoint.pod, address, to.path, request, response);
}

/** Headers of one hop only (RFC 9110 section 7.6.1), and those by which a caller could claim to be somebody else. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-client-cert',
]);

export function passedOn(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}

function relay(
  sidecar: Sidecar,
  pod: Pod,
  address: { readonly host: string; readonly port: number },
  path: string,
  request: Request,
  response: Response,
): Promise<void> {
  const { cert, key, ca } = sidecar.identity;
  return new Promise((resolve) => {
    const socket = tls.connect({
      ...address,
      cert,
      key,
      ca,
      minVersion: 'TLSv1.3',
      checkServerIdentity: mustBe(pod),
    });
    socket.setTimeout(sidecar.settings.connectMs, () => socket.destroy(new Error('No connection in time.')));
    socket.once('secureConnect', () => socket.setTimeout(0));
    const upstream = http.request({
      method: request.method,
      path,
      headers: { ...passedOn(request.headers), connection: 'close' },
      createConnection: () => socket,
    });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('error', (error) => {
      sidecar.log('warn', 'upstream-failed', { target: pod.name, reason: error.message });
      fail(response, 503, 'The other side closed the connection.');
    });
    response.on('close', () => {
      upstream.destroy();
      resolve();
    });
    upstream.end();
  });
}

/** CONNECT: TLS goes through untouched; the registry knows the host by the name that was asked for. */
async function connectOutside(sidecar: Sidecar, authority: string, socket: Duplex): Promise<void> {
  const [, name = '', portText = ''] = /^([a-z0-9.-]{1,253}):(\d{1,5})$/i.exec(authority) ?? [];
  const { cluster, self } = sidecar.known();
  const { outside, enforceNetworkPolicy, dropMs } = sidecar.settings;
  const address = Object.hasOwn(outside.addresses, name) ? outside.addresses[name] : undefined;
  if (address === undefined) return socketAnswer(socket, 502);
  const all = stopsLeavingForHost(cluster, self, { name, address, port: Number(portText) });
  const stops = enforceNetworkPolicy ? all : all.filter((layer) => layer !== 'caller egress policy');
  if (stops.length > 0) {
    return stopped(sidecar, name, stops, async () => {
      // The registry refuses at once, before any packet leaves; only a dropped packet is waited for.
      if (!stops.includes('mesh registry')) await wait(dropMs);
      socketAnswer(socket, 503);
    });
  }
  const onward = net.connect({ ...outside.firewall });
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  onward.once('connect', () => {
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    onward.pipe(socket);
    socket.pipe(onward);
  });
}

async function stopped(
  sidecar: Sidecar,
  target: string,
  by: readonly SidecarLayer[],
  answer: () => void | Promise<void>,
): Promise<void> {
  sidecar.log('warn', 'stopped', { caller: keyOf(sidecar.settings.pod), target, by: by.join(', ') });
  await answer();
}

function socketAnswer(socket: Duplex, status: number): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status} Stopped\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

export function fail(response: Response, status: number, text: string): void {
  if (response.destroyed) return;
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${text}\n`);
}
