import * as http from 'node:http';
import { type Caller, callDependencies, type Occasion } from './call-dependencies.ts';
import { deadlineHeader, requestBudget } from './deadlines.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { renderPage } from './page/page.ts';
import { contentSecurityPolicy } from './page/style.ts';
import { deepest, type Settings } from './settings.ts';
import { type Trace, traceOf } from './trace.ts';

export interface Service {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Limits against slow or greedy clients. Milliseconds and bytes. */
const limits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxConnections: 512,
  maxRequestsPerSocket: 1_000,
} as const;

/** On every answer. The page needs nothing from anywhere: its style is inline and named by its hash. */
const safetyHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const route = /^\/URLCaller\/depth\/(\d{1,9})$/;
type Request = http.IncomingMessage;
type Response = http.ServerResponse;

/**
 * The application's listener: `GET /` (the page, for the role that has one) and `GET /URLCaller/depth/<n>` (JSON).
 * Requests with a body, other methods and other paths are refused before any work is done.
 */
export function makeServer(service: Service): http.Server {
  const { maxConnections, maxRequestsPerSocket, ...options } = limits;
  let inFlight = 0;
  const server = http.createServer(
    { ...options, requireHostHeader: true, insecureHTTPParser: false },
    (request, response) => {
      const started = performance.now();
      let name = 'none';
      const trace = traceOf(one(request, 'traceparent'));
      inFlight += 1;
      service.metrics.inFlight(1);
      response.on('close', () => {
        inFlight -= 1;
        service.metrics.inFlight(-1);
        const ms = Math.round(performance.now() - started);
        // 499: the client went away before there was an answer (the number is nginx's).
        const status = response.headersSent ? response.statusCode : 499;
        service.metrics.request(name, status, ms);
        service.log('info', 'request', { route: name, method: request.method, status, ms, trace: trace.id });
      });
      if (inFlight > service.settings.maxInFlight)
        return refuse(response, 503, 'Too many requests at once.', { 'retry-after': '1' });
      const target = targetOf(request, service.settings);
      if (target.status !== 200) return refuse(response, target.status, target.text, target.headers);
      name = target.route;
      answer(service, target, request, response, { started, trace }).catch((error: unknown) => {
        service.log('error', 'request-failed', {
          route: name,
          reason: error instanceof Error ? error.message : 'unknown',
        });
        if (!response.headersSent) refuse(response, 500, 'The service failed.');
        else response.destroy();
      });
    },
  );
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    service.metrics.request('none', 400, 0);
    service.log('warn', 'bad-request', { reason: error.code ?? 'unreadable' });
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

type Target =
  | { readonly status: 200; readonly route: '/' | '/URLCaller/depth/:depth'; readonly depth: number }
  | {
      readonly status: 400 | 404 | 405 | 413;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

function targetOf(request: Request, settings: Settings): Target {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, text: 'Only GET and HEAD.', headers: { allow: 'GET, HEAD' } };
  }
  const length = one(request, 'content-length');
  if ((length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined) {
    return { status: 413, text: 'A request here has no body.', headers: { connection: 'close' } };
  }
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (path === '/' && settings.pageDepth > 0) return { status: 200, route: '/', depth: settings.pageDepth };
  const depth = Number(route.exec(path)?.[1] ?? Number.NaN);
  if (Number.isNaN(depth)) return { status: 404, text: 'No such path.' };
  if (depth > deepest) return { status: 400, text: `The depth is ${deepest} at most.` };
  return { status: 200, route: '/URLCaller/depth/:depth', depth };
}

async function answer(
  service: Service,
  target: Extract<Target, { status: 200 }>,
  request: Request,
  response: Response,
  { started, trace }: { readonly started: number; readonly trace: Trace },
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const budget = requestBudget(target.depth, service.settings.hopMs, one(request, deadlineHeader));
  const occasion: Occasion = {
    trace,
    endsAt: started + budget,
    signal: gone.signal,
  };
  const caller: Caller = service;
  const tree = await callDependencies(caller, target.depth, occasion);
  if (response.destroyed) return;
  if (target.route === '/') {
    const page = renderPage({
      service: service.settings.role,
      tree,
      now: new Date(),
      tookMs: performance.now() - started,
    });
    return send(request, response, 'text/html; charset=utf-8', page);
  }
  send(request, response, 'application/json; charset=utf-8', JSON.stringify(tree));
}

function send(request: Request, response: Response, type: string, text: string): void {
  const body = Buffer.from(text, 'utf8');
  response.writeHead(200, { ...safetyHeaders, 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuse(
  response: Response,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = `${text}\n`;
  response.writeHead(status, {
    ...safetyHeaders,
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** A header that may be sent once; sent twice it counts as absent. */
function one(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
