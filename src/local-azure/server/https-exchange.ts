import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalAzure } from '../open-local-azure.ts';

/** ARM takes requests of up to 4 MB (Microsoft: "Azure Resource Manager request limits"). */
export const maxBodyBytes = 4 * 1024 * 1024;

/** One exchange of the HTTPS server: the request as a web-standard one, answered by local Azure. */
export async function exchange(
  azure: LocalAzure,
  listener: 'outside' | 'inside',
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let body: Buffer | undefined;
  try {
    body = await readBody(incoming);
  } catch {
    // The client went away: nobody is left to answer.
    outgoing.destroy();
    return;
  }
  if (body === undefined) {
    sendError(
      outgoing,
      413,
      'RequestContentTooLarge',
      `The request content size exceeds the maximum size of ${maxBodyBytes} bytes.`,
    );
    return;
  }
  let request: Request;
  try {
    request = toRequest(incoming, origin, body);
  } catch {
    sendError(
      outgoing,
      400,
      'BadRequest',
      'The request could not be understood: its address, method or headers are malformed.',
    );
    return;
  }
  const response = await azure.handle(request, listener);
  const content = Buffer.from(await response.arrayBuffer());
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  if (response.status !== 204 && response.status !== 304 && incoming.method !== 'HEAD') {
    headers['content-length'] = String(content.length);
  }
  outgoing.writeHead(response.status, headers);
  outgoing.end(content);
}

/** The whole body; undefined when it is too large. The rest of such a body is read and dropped, so that the answer arrives. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 16 * maxBodyBytes) throw new Error('the client sends without end');
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks);
}

function toRequest(incoming: IncomingMessage, origin: string, body: Buffer): Request {
  const method = incoming.method ?? 'GET';
  const host = incoming.headers.host;
  const target = incoming.url ?? '/';
  const url = target.startsWith('/')
    ? new URL(`${host === undefined ? origin : `https://${host}`}${target}`)
    : new URL(target);
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] as string, incoming.rawHeaders[i + 1] as string);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) });
}

/** An answer in ARM's error shape for what never reaches ARM. */
export function sendError(outgoing: ServerResponse, status: number, code: string, message: string): void {
  const content = Buffer.from(JSON.stringify({ error: { code, message } }));
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(content.length),
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  outgoing.end(content);
}
