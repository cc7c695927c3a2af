import {
  BadAnswer,
  type Call,
  type CallFailure,
  type CallTree,
  emptyTree,
  type PeerCall,
  readCallTree,
} from './call-tree.ts';
import { callDeadline, deadlineHeader } from './deadlines.ts';
import { type Answer, dial } from './dial.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Settings } from './settings.ts';
import { type Trace, traceHeader } from './trace.ts';

export interface Caller {
  readonly settings: Pick<Settings, 'peers' | 'externals' | 'outboundProxy' | 'hopMs'>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'call'>;
}

/** One request that is being answered: its trace, when its time is up (`performance.now()`), and whether it was given up. */
export interface Occasion {
  readonly trace: Trace;
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/**
 * Calls every host outside (`HEAD`, good is 2xx) and every peer (`GET /URLCaller/depth/<n-1>`, good is 2xx) at the same time.
 * Depth 0 calls nobody. Never throws: a call that fails is part of the answer.
 */
export async function callDependencies(caller: Caller, depth: number, occasion: Occasion): Promise<CallTree> {
  if (depth <= 0) return emptyTree;
  const { externals, peers } = caller.settings;
  const [externalDependencies, selfCalled] = await Promise.all([
    Promise.all(externals.map((url) => callExternal(caller, url, occasion))),
    Promise.all(peers.map((url) => callPeer(caller, url, depth - 1, occasion))),
  ]);
  return { externalDependencies, selfCalled };
}

async function callExternal(caller: Caller, url: URL, occasion: Occasion): Promise<Call> {
  const { call } = await attempt(caller, 'external', 'HEAD', url, 0, occasion);
  return { ...call, uri: bare(url) };
}

async function callPeer(caller: Caller, peer: URL, depth: number, occasion: Occasion): Promise<PeerCall> {
  const url = new URL(`/URLCaller/depth/${depth}`, peer);
  const { call, answer } = await attempt(caller, 'peer', 'GET', url, depth, occasion);
  if (!call.success || answer === undefined) return call;
  try {
    return { ...call, dependencyResult: readCallTree(answer.body, depth) };
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error;
    caller.log('warn', 'bad-answer', { target: url.host, reason: error.message, trace: occasion.trace.id });
    return { ...call, success: false, failure: 'bad-answer' };
  }
}

interface Attempt {
  readonly call: Call;
  readonly answer?: Answer;
}

async function attempt(
  caller: Caller,
  kind: 'peer' | 'external',
  method: 'GET' | 'HEAD',
  url: URL,
  depthBelow: number,
  occasion: Occasion,
): Promise<Attempt> {
  const date = new Date().toISOString();
  const started = performance.now();
  const deadline = callDeadline(depthBelow, caller.settings.hopMs, occasion.endsAt - started);
  const timeUp = AbortSignal.timeout(deadline);
  const headers: Record<string, string> = { traceparent: traceHeader(occasion.trace) };
  // Hosts outside learn nothing of our timing.
  if (kind === 'peer') Object.assign(headers, { accept: 'application/json', [deadlineHeader]: String(deadline) });

  let answer: Answer | undefined;
  let failure: CallFailure | undefined;
  try {
    const signal = AbortSignal.any([timeUp, occasion.signal]);
    answer = await dial({ method, url, headers, proxy: caller.settings.outboundProxy, signal });
    if (answer.status < 200 || answer.status > 299) failure = 'refused';
  } catch (error) {
    failure = error instanceof BadAnswer ? 'bad-answer' : timeUp.aborted ? 'timed-out' : 'not-connected';
  }
  const requestTimeInMs = Math.round(performance.now() - started);
  const outcome = failure ?? 'ok';
  caller.metrics.call(kind, url.host, outcome, requestTimeInMs);
  caller.log(failure === undefined ? 'info' : 'warn', 'call', {
    kind,
    target: url.host,
    outcome,
    status: answer?.status ?? 0,
    ms: requestTimeInMs,
    depth: depthBelow,
    trace: occasion.trace.id,
  });
  const call: Call = {
    date,
    uri: url.href,
    success: failure === undefined,
    statusCode: answer?.status ?? 0,
    requestTimeInMs,
    ...(failure === undefined ? {} : { failure }),
  };
  return answer === undefined ? { call } : { call, answer };
}

/** An address without the slash that stands for "no path". */
const bare = (url: URL): string => (url.pathname === '/' ? url.origin : url.href);
