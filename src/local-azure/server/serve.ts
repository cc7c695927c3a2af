import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { messageOf, Problem } from '../../kernel/errors.ts';
import type { LocalAzure } from '../open-local-azure.ts';
import { removeEndpoint, writeEndpoint } from '../store/endpoint-file.ts';
import { type ServerIdentity, serverIdentity } from './certificates.ts';
import { exchange, sendError } from './https-exchange.ts';

export interface ServeOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default a free one */
  readonly insidePort?: number;
  /** @default 127.0.0.1: this machine alone */
  readonly host?: string;
  /** The data folder: certificates are kept in it and `endpoint.json` announces the server. */
  readonly folder: string;
  readonly clock?: Clock;
}

export interface RunningServer {
  /** `https://localhost:PORT` */
  readonly endpoint: string;
  readonly insideEndpoint: string;
  /** The certificate authority that clients must trust. */
  readonly caFile: string;
  readonly caPem: string;
  /** Stops listening, lets running exchanges end, takes `endpoint.json` back. Local Azure itself stays open. */
  close(): Promise<void>;
}

/** Serves local Azure over HTTPS on two listeners. Throws `PORT_IN_USE`, `PORT_FORBIDDEN`. */
export async function serve(azure: LocalAzure, options: ServeOptions): Promise<RunningServer> {
  const identity = await serverIdentity(options.folder, options.clock ?? systemClock);
  const host = options.host ?? '127.0.0.1';
  const outside = await listen(azure, 'outside', identity, host, options.port ?? 0);
  const inside = await listen(azure, 'inside', identity, host, options.insidePort ?? 0).catch(
    async (error: unknown) => {
      await outside.close();
      throw error;
    },
  );
  const { caFile, caPem } = identity;
  writeEndpoint(options.folder, { endpoint: outside.origin, insideEndpoint: inside.origin, caFile });
  return {
    endpoint: outside.origin,
    insideEndpoint: inside.origin,
    caFile,
    caPem,
    close: async () => {
      removeEndpoint(options.folder);
      await Promise.all([outside.close(), inside.close()]);
    },
  };
}

interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

async function listen(
  azure: LocalAzure,
  listener: 'outside' | 'inside',
  identity: ServerIdentity,
  host: string,
  port: number,
): Promise<Listening> {
  let origin = 'https://localhost';
  const server = createServer(
    {
      key: identity.keyPem,
      cert: `${identity.certificatePem}${identity.caPem}`,
      minVersion: 'TLSv1.2',
      maxHeaderSize: 32 * 1024,
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 10_000,
    },
    (incoming, outgoing) => {
      exchange(azure, listener, origin, incoming, outgoing).catch((error: unknown) => {
        if (outgoing.headersSent) outgoing.destroy();
        else
          sendError(outgoing, 500, 'InternalServerError', `Local Azure met a defect of its own: ${messageOf(error)}`);
      });
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseMalformed(error, socket as Socket));
  await bind(server, host, port);
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => stop(server) };
}

/** What is not HTTP gets a short answer in ARM's shape and the connection ends. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'RequestHeadersTooLarge']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'RequestTimeout']
        : ['400 Bad Request', 'BadRequest'];
  const body = JSON.stringify({ error: { code, message: 'The request is not valid HTTP.' } });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Problem {
  if (error.code === 'EADDRINUSE') {
    return new Problem({
      code: 'PORT_IN_USE',
      message: `Port ${port} on ${host} is in use by another program.`,
      hint: 'Give another port with --port (0 takes a free one), or stop that program.',
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new Problem({
      code: 'PORT_FORBIDDEN',
      message: `Port ${port} on ${host} may not be opened by this user.`,
      hint: 'Give a port above 1023 with --port (0 takes a free one).',
      cause: error,
    });
  }
  return new Problem({
    code: 'LISTEN_FAILED',
    message: `Local Azure cannot listen on ${host}, port ${port}: ${messageOf(error)}.`,
    hint: 'Look at --port and the address to listen on.',
    cause: error,
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A client that holds its connection open must not hold the process.
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
