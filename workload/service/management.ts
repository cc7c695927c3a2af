import * as http from 'node:http';
import type { Metrics } from './metrics.ts';

export interface Health {
  /** Ready: takes requests. Not ready from the first signal to stop. */
  isReady(): boolean;
}

/**
 * The listener for the platform: `/healthz` (the process lives), `/readyz` (it takes requests), `/metrics`. On a port of its own,
 * so that the mesh's rules for the application's port do not have to let the platform in.
 */
export function makeManagementServer(health: Health, metrics: Pick<Metrics, 'text'>): http.Server {
  const server = http.createServer(
    { maxHeaderSize: 4 * 1024, headersTimeout: 3_000, requestTimeout: 3_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      const { status, text, type } = answer(request, health, metrics);
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' };
      response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' });
      response.end(request.method === 'HEAD' ? undefined : text);
    },
  );
  server.maxConnections = 64;
  return server;
}

interface Plain {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

function answer(request: http.IncomingMessage, health: Health, metrics: Pick<Metrics, 'text'>): Plain {
  const plain = (status: number, text: string): Plain => ({
    status,
    text: `${text}\n`,
    type: 'text/plain; charset=utf-8',
  });
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET and HEAD.');
  switch (request.url) {
    case '/healthz':
      return plain(200, 'alive');
    case '/readyz':
      return health.isReady() ? plain(200, 'ready') : plain(503, 'stopping');
    case '/metrics':
      return { status: 200, text: metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' };
    default:
      return plain(404, 'No such path.');
  }
}
