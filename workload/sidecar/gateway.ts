import { readFileSync } from 'node:fs';
import * as https from 'node:https';
import { stopsEntering, stopsRequest } from './decide.ts';
import { findRoute } from './gateway-route.ts';
import { fail, forward } from './outbound.ts';
import type { SidecarSettings } from './settings.ts';
import type { Sidecar } from './state.ts';

/** The port of the gateway's pod. */
const listenerPort = 443;

/**
 * The ingress: HTTPS for clients, routes by HTTPRoute, then on over mutual TLS as any pod. Its clients reach it through the load
 * balancer with their own address (`externalTrafficPolicy: Local`), so NetworkPolicy judges them by address.
 */
export function makeGateway(sidecar: Sidecar, gateway: NonNullable<SidecarSettings['gateway']>): https.Server {
  const server = https.createServer(
    {
      cert: readFileSync(gateway.certificate),
      key: readFileSync(gateway.key),
      minVersion: 'TLSv1.2',
      maxHeaderSize: 16 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 30_000,
    },
    (request, response) => {
      const { cluster, self } = sidecar.known();
      const [path = ''] = (request.url ?? '').split('?', 1);
      const host = request.headers.host ?? '';
      const method = request.method ?? '';
      const facts = { identity: undefined, method, path, host: host.replace(/:\d+$/, ''), port: listenerPort };
      if (stopsRequest(cluster, self, facts).length > 0)
        return fail(response, 403, 'The mesh does not let this request in.');
      const route = findRoute(cluster.routes, host, method, path);
      if (route === undefined) return fail(response, 404, 'No route.');
      const { service, namespace, port } = route.backend;
      const to = { host: `${service}.${namespace}`, port, path: request.url ?? '/' };
      forward(sidecar, to, request, response).catch(() => fail(response, 503, 'The call failed on its way.'));
    },
  );
  server.on('secureConnection', (socket) => {
    const { cluster, self } = sidecar.known();
    const from = { address: gateway.clientAddress };
    if (sidecar.settings.enforceNetworkPolicy && stopsEntering(cluster, self, from, listenerPort).length > 0)
      socket.destroy();
  });
  return server;
}
