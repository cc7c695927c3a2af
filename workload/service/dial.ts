import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import { BadAnswer, largestAnswerBytes } from './call-tree.ts';

/** An HTTP answer: the status, and the body where one was asked for. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Outgoing {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The sidecar's outbound listener: plain HTTP is sent to it in absolute form, TLS through CONNECT. */
  readonly proxy: URL | undefined;
  /** Ends the call at its deadline, or when the caller has gone. */
  readonly signal: AbortSignal;
}

/**
 * One call on a connection of its own. Connections are not kept: what a policy does to connections that are already open is
 * left to the network plugin, and a call here must show what the policy says now.
 * @throws BadAnswer for an answer that is too long; any other error means that no HTTP answer came
 */
export async function dial(call: Outgoing): Promise<Answer> {
  const isSecure = call.url.protocol === 'https:';
  if (call.proxy === undefined) return exchange(call, isSecure ? https : http, {});
  // Node takes the connection that it is given only where no agent is named, not even `false`.
  if (isSecure) return exchange(call, https, { createConnection: await tunnelled(call, call.proxy), agent: undefined });
  return exchange(call, http, { host: call.proxy.hostname, port: portOf(call.proxy), path: call.url.href });
}

function exchange(
  call: Outgoing,
  protocol: { request: typeof http.request },
  way: http.RequestOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = protocol.request({
      method: call.method,
      host: call.url.hostname,
      port: portOf(call.url),
      path: `${call.url.pathname}${call.url.search}`,
      headers: { ...call.headers, host: call.url.host, connection: 'close' },
      agent: false,
      signal: call.signal,
      maxHeaderSize: 16 * 1024,
      ...way,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > largestAnswerBytes) {
          request.destroy();
          reject(new BadAnswer('The answer is too long.'));
        } else chunks.push(chunk);
      });
      response.on('end', () => resolve({ status, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('close', () => reject(new Error('The connection closed before the answer was complete.')));
    });
    request.end();
  });
}

/** A TLS connection through CONNECT; the name that is asked for and checked is the URL's. */
async function tunnelled(call: Outgoing, proxy: URL): Promise<() => Socket> {
  const host = call.url.hostname;
  const authority = `${host}:${portOf(call.url)}`;
  const bare = await new Promise<Socket>((resolve, reject) => {
    const request = http.request({
      method: 'CONNECT',
      host: proxy.hostname,
      port: portOf(proxy),
      path: authority,
      headers: { host: authority },
      agent: false,
      signal: call.signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      reject(new Error(`The proxy did not connect: ${response.statusCode}.`));
    });
    request.on('connect', (response, socket, head) => {
      if (response.statusCode === 200 && head.length === 0) return resolve(socket);
      socket.destroy();
      reject(new Error(`The proxy did not connect: ${response.statusCode}.`));
    });
    request.end();
  });
  call.signal.addEventListener('abort', () => bare.destroy(), { once: true });
  return () => tls.connect({ socket: bare, servername: host, ALPNProtocols: ['http/1.1'] });
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
