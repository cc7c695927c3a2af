import type { TokenCredential } from '@azure/core-auth';
import { bearerTokenAuthenticationPolicy, type HttpClient, type HttpMethods } from '@azure/core-rest-pipeline';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { ArmRequestError } from './arm-request-error.ts';
import { followToEnd, type LongRunningExchange } from './long-running.ts';
import { createRedaction, observedCredential, secretsIn } from './redaction.ts';
import type { RetryOptions } from './retry.ts';
import { createWire } from './wire.ts';

export interface ArmClientOptions {
  /** `https://management.azure.com`, without a slash at the end. */
  readonly endpoint: string;
  /** What tokens are asked for. @default the endpoint */
  readonly audience?: string;
  readonly credential: TokenCredential;
  /** An authority to trust beside the public ones. */
  readonly caPem?: string;
  /** @default sockets */
  readonly httpClient?: HttpClient;
  /** What waits between two looks at a long-running operation. @default `systemClock` */
  readonly clock?: Clock;
  readonly retry?: RetryOptions;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values in a body that is a text which must stand in no error. Those in other bodies are found by their names. */
  readonly secrets?: readonly string[];
}

export interface ArmResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A generic client of Azure Resource Manager. Every failure is a `Problem`; refusals are `ArmRequestError`s. */
export interface ArmClient {
  readonly endpoint: string;
  /**
   * One exchange; answers of 400 and above throw. `path` is an id, or an absolute URL that ARM gave. A body that is a string or bytes is sent
   * as it is: templates go as their authors wrote them, comments and all.
   */
  send(
    method: HttpMethods,
    path: string,
    apiVersion: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<ArmResponse>;
  get<T>(id: string, apiVersion: string, options?: RequestOptions): Promise<T>;
  /** Undefined where GET answers 404. */
  find<T>(id: string, apiVersion: string, options?: RequestOptions): Promise<T | undefined>;
  /** Whether HEAD finds it. */
  head(id: string, apiVersion: string, options?: RequestOptions): Promise<boolean>;
  /** Every page of a list. */
  list<T>(path: string, apiVersion: string, options?: RequestOptions): Promise<readonly T[]>;
  /** PUT, and wait until the operation has ended; the final resource. */
  put<T>(id: string, apiVersion: string, body: unknown, options?: RequestOptions): Promise<T>;
  /** PATCH, and wait; the final resource. */
  patch<T>(id: string, apiVersion: string, body: unknown, options?: RequestOptions): Promise<T>;
  /** POST, and wait for the operation where there is one. */
  post<T>(id: string, apiVersion: string, body?: unknown, options?: RequestOptions): Promise<T>;
  /** DELETE, and wait; a resource that is not there is no error. */
  delete(id: string, apiVersion: string, options?: RequestOptions): Promise<void>;
  /** The error of an operation that was followed by other means than `put` and the like, with the same secrets masked. Not thrown. */
  failure(request: string, body: unknown, correlationId?: string): ArmRequestError;
}

const mostPages = 10_000;

/** @see ArmClient */
export function createArmClient(options: ArmClientOptions): ArmClient {
  const { endpoint } = options;
  const clock = options.clock ?? systemClock;
  const redaction = createRedaction();
  const wire = createWire({
    redaction,
    caPem: options.caPem,
    httpClient: options.httpClient,
    retry: options.retry,
    policies: [
      bearerTokenAuthenticationPolicy({
        credential: observedCredential(options.credential, redaction),
        scopes: [`${options.audience ?? endpoint}/.default`],
      }),
    ],
  });

  const urlOf = (path: string, apiVersion: string): string => {
    if (/^https?:/i.test(path)) return ownUrl(path, endpoint);
    if (/[?&]api-version=/i.test(path)) return `${endpoint}${path}`;
    const separator = path.includes('?') ? '&' : '?';
    return `${endpoint}${path}${separator}api-version=${encodeURIComponent(apiVersion)}`;
  };

  const exchange = async (
    method: HttpMethods,
    url: string,
    body: unknown,
    settings: RequestOptions,
  ): Promise<LongRunningExchange> => {
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    for (const secret of [...(settings.secrets ?? []), ...(isRaw ? [] : secretsIn(body))]) redaction.learn(secret);
    const { status, headers, text } = await wire({
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...settings.headers },
      body: isRaw ? body : JSON.stringify(body),
      signal: settings.signal,
    });
    return { url, status, headers, body: parseBody(text) };
  };

  const refusal = (request: string, status: number, body: unknown, headers: Readonly<Record<string, string>>) =>
    new ArmRequestError({
      request: redaction.mask(request),
      status,
      body: redaction.maskJson(body),
      requestId: headers['x-ms-request-id'],
      correlationId: headers['x-ms-correlation-request-id'],
    });

  const checked = <T extends ArmResponse>(response: T, request: string): T => {
    if (response.status < 300) return response;
    throw refusal(request, response.status, response.body, response.headers);
  };

  const send = async (
    method: HttpMethods,
    path: string,
    apiVersion: string,
    body?: unknown,
    settings: RequestOptions = {},
  ): Promise<LongRunningExchange> =>
    checked(await exchange(method, urlOf(path, apiVersion), body, settings), `${method} ${path}`);

  const sendAndWait = async (
    method: 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    apiVersion: string,
    body: unknown,
    settings: RequestOptions = {},
  ): Promise<unknown> => {
    const request = `${method} ${path}`;
    const end = await followToEnd({
      method,
      clock,
      signal: settings.signal,
      send: async () => await send(method, path, apiVersion, body, settings),
      poll: async (at) => {
        const url = at.startsWith('/') ? `${endpoint}${at}` : ownUrl(at, endpoint);
        // A failed operation is told by its status, with 200; only what is no operation at all throws here.
        return checked(await exchange('GET', url, undefined, withoutHeaders(settings)), request);
      },
    });
    if (end.status !== 'succeeded') throw refusal(request, 0, end.body ?? { code: end.status }, end.headers);
    return end.body;
  };

  const unlessMissing = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof ArmRequestError && error.status === 404) return undefined;
      throw error;
    }
  };

  return {
    endpoint,
    failure: (request, body, correlationId) =>
      refusal(request, 0, body, correlationId === undefined ? {} : { 'x-ms-correlation-request-id': correlationId }),
    send: async (...request) => {
      const { status, headers, body } = await send(...request);
      return { status, headers, body };
    },
    get: async <T>(id: string, apiVersion: string, settings?: RequestOptions) =>
      (await send('GET', id, apiVersion, undefined, settings)).body as T,
    find: async <T>(id: string, apiVersion: string, settings?: RequestOptions) =>
      (await unlessMissing(send('GET', id, apiVersion, undefined, settings)))?.body as T | undefined,
    head: async (id, apiVersion, settings) =>
      (await unlessMissing(send('HEAD', id, apiVersion, undefined, settings))) !== undefined,
    list: async <T>(path: string, apiVersion: string, settings?: RequestOptions) => {
      const items: T[] = [];
      let next: string | undefined = path;
      for (let pages = 0; next !== undefined; pages++) {
        const { body }: LongRunningExchange = await send('GET', next, apiVersion, undefined, settings);
        const page = (body ?? {}) as { readonly value?: unknown; readonly nextLink?: string | null };
        if (!Array.isArray(page.value) || pages >= mostPages) throw noList(path, pages);
        items.push(...(page.value as readonly T[]));
        next = page.nextLink === null || page.nextLink === '' ? undefined : page.nextLink;
      }
      return items;
    },
    put: async <T>(id: string, apiVersion: string, body: unknown, settings?: RequestOptions) =>
      (await sendAndWait('PUT', id, apiVersion, body, settings)) as T,
    patch: async <T>(id: string, apiVersion: string, body: unknown, settings?: RequestOptions) =>
      (await sendAndWait('PATCH', id, apiVersion, body, settings)) as T,
    post: async <T>(id: string, apiVersion: string, body?: unknown, settings?: RequestOptions) =>
      (await sendAndWait('POST', id, apiVersion, body, settings)) as T,
    delete: async (id, apiVersion, settings) => {
      await unlessMissing(sendAndWait('DELETE', id, apiVersion, undefined, settings));
    },
  };
}

/** Preconditions such as If-Match belong to the first request; a poll with them would be refused. */
function withoutHeaders({ signal }: RequestOptions): RequestOptions {
  return signal === undefined ? {} : { signal };
}

function noList(path: string, pages: number): Problem {
  return new Problem({
    code: 'AZURE_NO_LIST',
    message: `GET ${path} did not answer with a list that ends (page ${pages + 1}).`,
    hint: 'Check that the endpoint is an Azure Resource Manager, and the path a collection.',
  });
}

/** Tokens go to the endpoint that they were made for and its regional hosts (`eastus2.management.azure.com`), nowhere else. */
function ownUrl(url: string, endpoint: string): string {
  const [to, own] = [new URL(url), new URL(endpoint)];
  const isOwn = to.host === own.host || (to.hostname.endsWith(`.${own.hostname}`) && to.port === own.port);
  if (isOwn && to.protocol === own.protocol) return url;
  throw new Problem({
    code: 'AZURE_FOREIGN_LINK',
    message: `An answer of ${endpoint} points to ${to.origin}, which is not followed.`,
    why: 'The access token must not leave for another host.',
  });
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
