import type { TokenCredential } from '@azure/core-auth';
import { createHttpPoller, type OperationResponse } from '@azure/core-lro';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
  type HttpMethods,
} from '@azure/core-rest-pipeline';
import { messageOf, Problem } from '../kernel/errors.ts';
import { ArmRequestError } from './arm-request-error.ts';

export interface ArmClientOptions {
  /** `https://management.azure.com`, without a slash at the end. */
  readonly endpoint: string;
  /** What tokens are asked for. @default the endpoint */
  readonly audience?: string;
  readonly credential: TokenCredential;
  /** An authority to trust beside the system's. */
  readonly caPem?: string;
  /** @default sockets */
  readonly httpClient?: HttpClient;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ArmResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A generic client of Azure Resource Manager. Every failure is a `Problem`; refusals are `ArmRequestError`s. */
export interface ArmClient {
  readonly endpoint: string;
  /**
   * One exchange; answers of 400 and above throw. `path` is an id, or an absolute URL that ARM gave. A body that is a string is sent
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
  /** Every page of a list. */
  list<T>(path: string, apiVersion: string, options?: RequestOptions): Promise<readonly T[]>;
  /** PUT, and wait until the operation has ended; the final resource. */
  put<T>(id: string, apiVersion: string, body: unknown, options?: RequestOptions): Promise<T>;
  /** POST, and wait for the operation where there is one. */
  post<T>(id: string, apiVersion: string, body?: unknown, options?: RequestOptions): Promise<T>;
  /** DELETE, and wait; a resource that is not there is no error. */
  delete(id: string, apiVersion: string, options?: RequestOptions): Promise<void>;
}

/** @see ArmClient */
export function createArmClient(options: ArmClientOptions): ArmClient {
  const pipeline = createPipelineFromOptions({
    userAgentOptions: { userAgentPrefix: 'aks-regulated' },
    ...(options.caPem === undefined ? {} : { tlsOptions: { ca: options.caPem } }),
  });
  pipeline.addPolicy(
    bearerTokenAuthenticationPolicy({
      credential: options.credential,
      scopes: [`${options.audience ?? options.endpoint}/.default`],
    }),
  );
  const http = options.httpClient ?? createDefaultHttpClient();

  const exchange = async (
    method: HttpMethods,
    url: string,
    body: unknown,
    settings: RequestOptions,
  ): Promise<ArmResponse> => {
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders({
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...settings.headers,
      }),
      timeout: 120_000,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(settings.signal === undefined ? {} : { abortSignal: settings.signal }),
    });
    try {
      const response = await pipeline.sendRequest(http, request);
      return { status: response.status, headers: response.headers.toJSON(), body: parseBody(response.bodyAsText) };
    } catch (error) {
      if (settings.signal?.aborted)
        throw new Problem({ code: 'INTERRUPTED', kind: 'interrupted', message: 'Interrupted.', cause: error });
      // Only the message: the error object of the pipeline holds the request with its headers.
      throw new Problem({
        code: 'AZURE_UNREACHABLE',
        message: `${method} ${new URL(url).pathname} got no answer from ${options.endpoint}: ${messageOf(error)}.`,
        hint: 'Check the network, the proxy, and that the endpoint is the one that you mean.',
      });
    }
  };

  const urlOf = (path: string, apiVersion: string): string => {
    if (path.startsWith('https://')) return ownUrl(path, options.endpoint);
    const separator = path.includes('?') ? '&' : '?';
    return `${options.endpoint}${path}${separator}api-version=${encodeURIComponent(apiVersion)}`;
  };

  const send: ArmClient['send'] = async (method, path, apiVersion, body, settings = {}) => {
    const response = await exchange(method, urlOf(path, apiVersion), body, settings);
    return checked(response, `${method} ${path}`);
  };

  /** Sends, then follows the operation that the answer names (Azure-AsyncOperation before Location) to its end. */
  const sendAndWait = async (
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    apiVersion: string,
    body: unknown,
    settings: RequestOptions = {},
  ) => {
    const url = urlOf(path, apiVersion);
    const raw = (response: ArmResponse, asked: HttpMethods, at: string): OperationResponse => ({
      flatResponse: response.body,
      rawResponse: {
        statusCode: response.status,
        headers: { ...response.headers },
        body: response.body,
        request: { method: asked, url: at },
      },
    });
    const poller = createHttpPoller(
      {
        sendInitialRequest: async () => raw(await send(method, path, apiVersion, body, settings), method, url),
        sendPollRequest: async (at) => {
          const target = at.startsWith('/') ? `${options.endpoint}${at}` : ownUrl(at, options.endpoint);
          const response = await exchange('GET', target, undefined, settings);
          // A failed operation is told by its status, with 200; only what is no operation at all throws here.
          return raw(checked(response, `${method} ${path}`), 'GET', target);
        },
      },
      { intervalInMs: 1000, resolveOnUnsuccessful: true },
    );
    const result = await poller.pollUntilDone(settings.signal === undefined ? {} : { abortSignal: settings.signal });
    const status = poller.operationState?.status;
    if (status === 'failed' || status === 'canceled') {
      throw new ArmRequestError({ request: `${method} ${path}`, status: 0, body: result });
    }
    return result;
  };

  return {
    endpoint: options.endpoint,
    send,
    get: async <T>(id: string, apiVersion: string, settings?: RequestOptions) =>
      (await send('GET', id, apiVersion, undefined, settings)).body as T,
    find: async <T>(id: string, apiVersion: string, settings?: RequestOptions) => {
      try {
        return (await send('GET', id, apiVersion, undefined, settings)).body as T;
      } catch (error) {
        if (error instanceof ArmRequestError && error.status === 404) return undefined;
        throw error;
      }
    },
    list: async <T>(path: string, apiVersion: string, settings?: RequestOptions) => {
      const items: T[] = [];
      for (let next: string | undefined = path, pages = 0; next !== undefined && pages < 10_000; pages++) {
        const page = (await send('GET', next, apiVersion, undefined, settings)).body as {
          value?: T[];
          nextLink?: string;
        };
        items.push(...(page.value ?? []));
        next = page.nextLink;
      }
      return items;
    },
    put: async <T>(id: string, apiVersion: string, body: unknown, settings?: RequestOptions) =>
      (await sendAndWait('PUT', id, apiVersion, body, settings)) as T,
    post: async <T>(id: string, apiVersion: string, body?: unknown, settings?: RequestOptions) =>
      (await sendAndWait('POST', id, apiVersion, body, settings)) as T,
    delete: async (id, apiVersion, settings) => {
      try {
        await sendAndWait('DELETE', id, apiVersion, undefined, settings);
      } catch (error) {
        if (!(error instanceof ArmRequestError && error.status === 404)) throw error;
      }
    },
  };
}

function checked(response: ArmResponse, request: string): ArmResponse {
  if (response.status < 400) return response;
  throw new ArmRequestError({
    request,
    status: response.status,
    body: response.body,
    correlationId: response.headers['x-ms-correlation-request-id'],
  });
}

/** Tokens go to the endpoint that they were made for, and nowhere that an answer points to. */
function ownUrl(url: string, endpoint: string): string {
  if (new URL(url).origin === new URL(endpoint).origin) return url;
  throw new Problem({
    code: 'AZURE_FOREIGN_LINK',
    message: `An answer of ${endpoint} points to ${new URL(url).origin}, which is not followed.`,
    why: 'The access token must not leave for another host.',
  });
}

function parseBody(text: string | null | undefined): unknown {
  if (text === undefined || text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
