import { randomUUID } from 'node:crypto';
import type { Reply } from './call.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The correlation id of a request: the client's, where it is a UUID. */
export function correlationIdOf(headers: Headers): string {
  const given = headers.get('x-ms-correlation-request-id');
  return given !== null && guid.test(given) ? given : randomUUID();
}

/** Buckets of learn.microsoft.com "Throttling Resource Manager requests": nothing is throttled here, so they are always full. */
const remaining = (method: string): readonly [string, string] =>
  method === 'GET' || method === 'HEAD'
    ? ['reads', '249']
    : method === 'DELETE'
      ? ['deletes', '199']
      : ['writes', '199'];

/** A reply as HTTP, with the headers that ARM puts on every answer. */
export function toResponse(request: Request, reply: Reply, correlationId: string, now: Date): Response {
  const headers = new Headers(reply.headers);
  const requestId = randomUUID();
  headers.set('x-ms-request-id', requestId);
  headers.set('x-ms-correlation-request-id', correlationId);
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  headers.set('x-ms-routing-request-id', `LOCAL:${stamp}:${requestId}`);
  const clientId = request.headers.get('x-ms-client-request-id');
  if (clientId !== null) headers.set('x-ms-client-request-id', clientId);
  const isOfSubscription = new URL(request.url).pathname.toLowerCase().startsWith('/subscriptions/');
  const [kind, count] = remaining(request.method);
  headers.set(`x-ms-ratelimit-remaining-${isOfSubscription ? 'subscription' : 'tenant'}-${kind}`, count);
  headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
  if (reply.bytes !== undefined) {
    headers.set('content-length', String(reply.bytes.length));
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(reply.bytes), {
      status: reply.status,
      headers,
    });
  }
  const hasBody = reply.body !== undefined && request.method !== 'HEAD';
  if (!hasBody) return new Response(null, { status: reply.status, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers });
}
