import { createHttpHeaders, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';

/** An HTTP client that hands each request to a function of this process: the whole protocol without a socket. */
export function inProcessHttpClient(handle: (request: Request) => Promise<Response>): HttpClient {
  return {
    async sendRequest(request): Promise<PipelineResponse> {
      const headers = new Headers();
      for (const [name, value] of request.headers) headers.set(name, value);
      const body = typeof request.body === 'string' ? request.body : undefined;
      const response = await handle(
        new Request(request.url, { method: request.method, headers, ...(body === undefined ? {} : { body }) }),
      );
      const answer = createHttpHeaders();
      response.headers.forEach((value, name) => {
        answer.set(name, value);
      });
      return { request, status: response.status, headers: answer, bodyAsText: await response.text() };
    },
  };
}
