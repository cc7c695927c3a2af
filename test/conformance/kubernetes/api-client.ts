import { Agent, request } from 'node:https';
import type { Credentials } from './certificates.ts';

/** An object of the Kubernetes API, of any kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

export interface Answer<Body = Said> {
  readonly status: number;
  readonly body: Body;
  /** What the server warned of (RFC 9110 warn-text): deprecations, fields that it does not know, Pod Security. */
  readonly warnings: readonly string[];
}

/** An object, a list of them, or a Status with what is wrong. */
export interface Said {
  readonly kind?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly items?: readonly KubernetesObject[];
  readonly [field: string]: unknown;
}

export interface ApiClient {
  readonly server: string;
  get<Body = Said>(path: string): Promise<Answer<Body>>;
  send<Body = Said>(method: string, path: string, body?: unknown, contentType?: string): Promise<Answer<Body>>;
  /** The same server for another user, as an administrator may speak for one. */
  as(user: string, groups?: readonly string[]): ApiClient;
}

export const applyPatch = 'application/apply-patch+yaml';
export const mergePatch = 'application/merge-patch+json';

/** Speaks to an API server with a client certificate; asks nothing twice and hides nothing. */
export function apiClient(
  server: string,
  authority: string,
  credentials: Credentials,
  impersonated: Readonly<Record<string, string | readonly string[]>> = {},
  agent = new Agent({ ca: authority, cert: credentials.certificate, key: credentials.key, keepAlive: true }),
): ApiClient {
  const send = <Body>(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<Answer<Body>> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        accept: 'application/json',
        ...impersonated,
        ...(text === undefined
          ? {}
          : { 'content-type': contentType, 'content-length': String(Buffer.byteLength(text)) }),
      };
      const call = request(new URL(path, server), { method, agent, headers, timeout: 30_000 }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const said = Buffer.concat(parts).toString('utf8');
          const isJson = response.headers['content-type']?.includes('json') ?? false;
          resolve({
            status: response.statusCode ?? 0,
            body: isJson ? JSON.parse(said) : { message: said },
            warnings: readWarnings(response.headers.warning),
          });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in 30 s`)));
      call.on('error', reject);
      call.end(text);
    });
  return {
    server,
    send,
    get: (path) => send('GET', path),
    as: (user, groups = []) =>
      apiClient(server, authority, credentials, { 'Impersonate-User': user, 'Impersonate-Group': groups }, agent),
  };
}

/** `299 - "text", 299 - "text"` */
function readWarnings(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}
