import { createHttpHeaders, type HttpClient, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { messageOf } from '../kernel/errors.ts';

/**
 * An HTTP client that hands each request to a function of this process: the whole protocol without a socket. Whatever `handle` throws is
 * a lost connection, which the pipeline tries again.
 */
export function inProcessHttpClient(handle: (request: Request) => Promise<Response>): HttpClient {
  return {
    async sendRequest(request): Promise<PipelineResponse> {
      const { body, abortSignal } = request;
      const isBytes = body instanceof Uint8Array;
      if (body !== undefined && body !== null && typeof body !== 'string' && !isBytes) {
        throw new TypeError('in process, bodies are texts or bytes');
      }
      const headers = new Headers();
      for (const [name, value] of request.headers) headers.set(name, value);
      const answered = handle(
        new Request(request.url, {
          method: request.method,
          headers,
          ...(typeof body === 'string' ? { body } : isBytes ? { body: new Uint8Array(body) } : {}),
        }),
      ).catch((error: unknown) => {
        throw new RestError(messageOf(error), { code: 'ECONNRESET', request });
      });
      const response = await unlessAborted(answered, abortSignal);
      const answer = createHttpHeaders();
      response.headers.forEach((value, name) => {
        answer.set(name, value);
      });
      // The service runs in this process: there is nobody to be spared by waiting a second.
      if (response.status < 400 && answer.has('retry-after')) answer.set('retry-after', '0');
      return { request, status: response.status, headers: answer, bodyAsText: await response.text() };
    },
  };
}

type Signal = Pick<AbortSignal, 'aborted' | 'addEventListener' | 'removeEventListener'>;

/** What is asked for goes on behind an aborted wait, as it does at a server. */
async function unlessAborted<T>(answered: Promise<T>, signal: Signal | undefined): Promise<T> {
  if (signal === undefined) return await answered;
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new DOMException('The operation was aborted.', 'AbortError'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([answered, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
