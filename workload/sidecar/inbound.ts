import * as http from 'node:http';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { stopsEntering, stopsRequest } from './decide.ts';
import type { End } from './network-policy.ts';
import { fail, passedOn } from './outbound.ts';
import { tlsModeOf } from './peer-authentication.ts';
import { peerIdentity } from './peer-identity.ts';
import { identityOf } from './pods.ts';
import { keyOf, type Sidecar } from './state.ts';

/** First byte of a TLS record that carries a handshake (RFC 8446 section 5.1). */
const handshake = 0x16;
/** How long a connection that a policy drops is held without a word. Milliseconds. */
const silence = 30_000;

/**
 * The listener for other pods. Mutual TLS says who calls; PeerAuthentication says whether plain text is taken; NetworkPolicy drops
 * the connection; AuthorizationPolicy refuses the request with 403. What is left goes to the application on loopback.
 */
export function makeInbound(sidecar: Sidecar): net.Server {
  const application = http.createServer({ maxHeaderSize: 16 * 1024 }, (request, response) =>
    answer(sidecar, request, response),
  );
  const secure = tls.createServer(
    { ...sidecar.identity, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    (socket) => {
      const from = whoIs(sidecar, peerIdentity(socket), socket);
      if (from === undefined) return void socket.destroy();
      admit(sidecar, from, socket, application);
    },
  );
  secure.on('tlsClientError', (error) => sidecar.log('warn', 'not-mutual-tls', { reason: error.message }));
  return net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      const { cluster, self } = sidecar.known();
      const mode = tlsModeOf(cluster.peerAuthentications, self, portOf(sidecar));
      const isTls = first[0] === handshake;
      if (isTls && mode !== 'DISABLE') return void secure.emit('connection', socket);
      if (isTls || mode === 'STRICT') {
        sidecar.log('warn', 'stopped', { caller: 'unknown', target: self.name, by: `peer authentication ${mode}` });
        return void socket.destroy();
      }
      const from = whoIs(sidecar, undefined, socket);
      if (from !== undefined) admit(sidecar, from, socket, application);
      socket.resume();
    });
  });
}

/** A certificate's holder must be one of the pods; without a certificate only the address is known. */
function whoIs(sidecar: Sidecar, identity: string | undefined, socket: net.Socket): End | undefined {
  if (!(socket instanceof tls.TLSSocket)) return { address: socket.remoteAddress ?? '' };
  const pod = sidecar.known().cluster.pods.find((one) => identityOf(one) === identity);
  return pod === undefined ? undefined : { pod };
}

function admit(sidecar: Sidecar, from: End, socket: net.Socket, application: http.Server): void {
  const { cluster, self } = sidecar.known();
  const stops = sidecar.settings.enforceNetworkPolicy ? stopsEntering(cluster, self, from, portOf(sidecar)) : [];
  if (stops.length === 0) return void application.emit('connection', socket);
  const caller = 'pod' in from ? keyOf(from.pod) : 'unknown';
  sidecar.log('warn', 'stopped', { caller, target: self.name, by: stops.join(', ') });
  socket.on('error', () => socket.destroy());
  const timer = setTimeout(() => socket.destroy(), silence).unref();
  socket.on('close', () => clearTimeout(timer));
  socket.resume();
}

/** The pod's port that the mesh guards: the application's. */
const portOf = (sidecar: Sidecar): number =>
  sidecar.known().self.ports.find((port) => port.name === 'web')?.number ?? 0;

function answer(sidecar: Sidecar, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { cluster, self, endpoints } = sidecar.known();
  const identity = request.socket instanceof tls.TLSSocket ? peerIdentity(request.socket) : undefined;
  const stops = stopsRequest(cluster, self, {
    identity,
    method: request.method ?? '',
    path: (request.url ?? '').split('?', 1)[0] ?? '',
    host: request.headers.host ?? '',
    port: portOf(sidecar),
  });
  if (stops.length > 0) {
    sidecar.log('warn', 'stopped', { caller: identity ?? 'unknown', target: self.name, by: stops.join(', ') });
    fail(response, 403, 'The mesh does not let this caller make this request.');
    return;
  }
  const port = endpoints[keyOf(self)]?.application;
  if (port === undefined) {
    fail(response, 503, 'The application has not started.');
    return;
  }
  const onward = http.request({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: request.url,
    headers: passedOn(request.headers),
    agent: false,
  });
  onward.on('response', (reply) => {
    response.writeHead(reply.statusCode ?? 502, passedOn(reply.headers));
    reply.pipe(response);
    reply.on('error', () => response.destroy());
  });
  onward.on('error', () => fail(response, 503, 'The application did not answer.'));
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
