import { rootCertificates } from 'node:tls';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
  type HttpMethods,
  type PipelinePolicy,
  retryPolicy,
} from '@azure/core-rest-pipeline';
import { messageOf, Problem } from '../kernel/errors.ts';
import type { Redaction } from './redaction.ts';
import { type RetryOptions, retryStrategy } from './retry.ts';

export interface WireOptions {
  /** An authority to trust beside the public ones. */
  readonly caPem?: string | undefined;
  /** @default sockets */
  readonly httpClient?: HttpClient | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly policies?: readonly PipelinePolicy[];
  readonly redaction: Redaction;
}

export interface WireRequest {
  readonly method: HttpMethods;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One exchange through proxy, retries and authentication; any status is an answer. Throws `AZURE_UNREACHABLE`, `INTERRUPTED`. */
export type Wire = (request: WireRequest) => Promise<WireResponse>;

const defaultRetries = 4;
/** How long one request may take; ARM answers within a minute, longer work is a long-running operation. */
const timeout = 120_000;

export function createWire(options: WireOptions): Wire {
  const pipeline = createPipelineFromOptions({
    userAgentOptions: { userAgentPrefix: 'aks-regulated' },
    // Node takes `ca` in place of its own list, not beside it.
    ...(options.caPem === undefined ? {} : { tlsOptions: { ca: [...rootCertificates, options.caPem] } }),
  });
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy(
    retryPolicy([retryStrategy(options.retry)], { maxRetries: options.retry?.count ?? defaultRetries }),
    { phase: 'Retry' },
  );
  for (const policy of options.policies ?? []) pipeline.addPolicy(policy);
  const http = options.httpClient ?? createDefaultHttpClient();

  return async ({ method, url, headers, body, signal }) => {
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders({ accept: 'application/json', ...headers }),
      timeout,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    try {
      const response = await pipeline.sendRequest(http, request);
      return { status: response.status, headers: response.headers.toJSON(), text: response.bodyAsText ?? '' };
    } catch (error) {
      // No `cause` anywhere here: the pipeline's errors hold the request with its Authorization header.
      if (signal?.aborted) throw new Problem({ code: 'INTERRUPTED', kind: 'interrupted', message: 'Interrupted.' });
      if (error instanceof Problem) throw error;
      throw new Problem({
        code: 'AZURE_UNREACHABLE',
        message: options.redaction.mask(
          `${method} ${new URL(url).pathname} got no answer from ${new URL(url).origin}: ${messageOf(error).replace(/\.$/, '')}.`,
        ),
        hint: 'Check the network, the proxy, and that the endpoint is the one that you mean.',
      });
    }
  };
}
