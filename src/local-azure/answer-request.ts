import { ArmError } from '../arm/arm-error.ts';
import { dataPlaneOf } from './data-planes/address.ts';
import { answerDataPlane } from './data-planes/answer-data-plane.ts';
import { clusterObjects } from './data-planes/cluster/reconcile.ts';
import { authenticate } from './pipeline/authenticate.ts';
import {
  type ArmCall,
  errorReply,
  ok,
  pathSegments,
  queryParameter,
  type Reply,
  readApiVersion,
} from './protocol/call.ts';
import { answerLogin } from './protocol/login.ts';
import { cloudMetadata } from './protocol/metadata.ts';
import { correlationIdOf, toResponse } from './protocol/to-response.ts';
import type { Tokens } from './protocol/tokens.ts';
import { route } from './routes/route.ts';
import { errorBodyOf } from './service-errors.ts';
import type { World } from './world.ts';

export interface Answering {
  readonly world: World;
  readonly tokens: Tokens;
  /** What opening the store still has to write. */
  readonly ready: Promise<void>;
  /** What a write of the store failed with: from then on nothing is answered, because memory knows more than the disk. */
  readonly failure: () => unknown;
}

/** One exchange: login and metadata without a token, everything else only with one. Never rejects. */
export async function answerRequest(
  answering: Answering,
  request: Request,
  listener: 'outside' | 'inside',
): Promise<Response> {
  const correlationId = correlationIdOf(request.headers);
  let reply: Reply;
  try {
    await answering.ready;
    const failure = answering.failure();
    if (failure !== undefined) throw failure;
    reply = await answer(answering, request, listener, correlationId);
  } catch (error) {
    const { status, body } = errorBodyOf(error);
    reply = errorReply(status, body);
    if (status === 401 && reply.headers?.['www-authenticate'] === undefined)
      reply = { ...reply, headers: { ...reply.headers, ...challenge(answering, request, body.message) } };
  }
  return toResponse(request, reply, correlationId, answering.world.clock.now());
}

async function answer(
  { world, tokens }: Answering,
  request: Request,
  listener: 'outside' | 'inside',
  correlationId: string,
): Promise<Reply> {
  const url = new URL(request.url);
  const segments = pathSegments(url);
  if (segments === undefined) {
    throw new ArmError(400, { code: 'InvalidRequestUri', message: `The address '${url.pathname}' is malformed.` });
  }
  const plane = dataPlaneOf(url.hostname, segments);
  if (plane !== undefined) return await answerDataPlane(world, tokens, plane, request, listener);
  const text = request.body === null ? '' : await request.text();
  const words = segments.map((segment) => segment.toLowerCase());
  if (words.join('/') === 'metadata/endpoints' && request.method === 'GET') {
    return ok(cloudMetadata(url.origin, queryParameter(url, 'api-version') ?? '2022-09-01'));
  }
  // No address of Azure: an API server would be asked for each object of its cluster.
  if (words.join('/') === 'local-azure/objects' && request.method === 'GET' && listener === 'inside') {
    authenticate(tokens, request.headers, world.tenantId, url.origin);
    return ok({ value: clusterObjects(world) });
  }
  const isArm = ['subscriptions', 'providers', 'tenants'].includes(words[0] ?? '');
  if (!isArm) {
    const login = answerLogin({ tokens, tenantId: world.tenantId }, request.method, url, segments, text);
    if (login !== undefined) return login;
    throw new ArmError(404, { code: 'NotFound', message: `Local Azure has nothing at '${url.pathname}'.` });
  }
  const principal = authenticate(tokens, request.headers, world.tenantId, url.origin);
  const call: ArmCall = {
    method: request.method,
    url,
    segments,
    apiVersion: readApiVersion(url),
    headers: request.headers,
    text,
    principal,
    listener,
    correlationId,
  };
  return await route(world, call);
}

/**
 * RFC 6750: where a token is to be had, in the form that the SDKs read. A client that sent a token we do not take is told to fetch a
 * fresh one instead of one from its cache (the claims challenge of continuous access evaluation): its cache may know another data
 * folder that had this address.
 */
function challenge({ world }: Answering, request: Request, message: string): Readonly<Record<string, string>> {
  const { origin } = new URL(request.url);
  const where = `Bearer authorization_uri="${origin}/${world.tenantId}"`;
  if (request.headers.get('authorization') === null) {
    return {
      'www-authenticate': `${where}, error="invalid_token", error_description="${message.replace(/["\\]/g, "'")}"`,
    };
  }
  const now = String(Math.floor(world.clock.now().getTime() / 1000));
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: now } } })).toString(
    'base64',
  );
  return { 'www-authenticate': `${where}, error="insufficient_claims", claims="${claims}"` };
}
