/** One attempted call. The names are the wire's: other versions of the chain answer with the same. */
export interface Call {
  /** When the call began, ISO 8601. */
  readonly date: string;
  readonly uri: string;
  readonly success: boolean;
  /** The HTTP status; 0 where no HTTP answer came. */
  readonly statusCode: number;
  readonly requestTimeInMs: number;
  /** Why there is no success. */
  readonly failure?: CallFailure;
}

export interface PeerCall extends Call {
  /** What the peer called in turn; absent where the call failed. */
  readonly dependencyResult?: CallTree;
}

/** The answer of `GET /URLCaller/depth/<n>`. */
export interface CallTree {
  readonly externalDependencies: readonly Call[];
  readonly selfCalled: readonly PeerCall[];
}

/**
 * `timed-out`: no answer before the deadline. `not-connected`: refused, reset, or the name is unknown.
 * `refused`: an HTTP answer that is not 2xx. `bad-answer`: a 2xx whose body is not a call tree.
 */
export const callFailures = ['timed-out', 'not-connected', 'refused', 'bad-answer'] as const;
export type CallFailure = (typeof callFailures)[number];

export const emptyTree: CallTree = { externalDependencies: [], selfCalled: [] };

/** The largest answer that is read from a peer. A full tree of 40 calls below depth 2 is under 20 KB. */
export const largestAnswerBytes = 512 * 1024;
const mostCalls = 32;
const longestText = 2_048;

/** A peer's answer that is not a call tree. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/**
 * Reads a peer's answer. The peer is not trusted: the tree is rebuilt from the known fields alone, so that nothing else
 * (`__proto__`, extra fields, deeper nesting than was asked for, endless lists) gets further.
 * @param depth the depth that was asked for: the tree may not be nested deeper
 * @throws BadAnswer
 */
export function readCallTree(text: string, depth: number): CallTree {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadAnswer('The answer is not JSON.');
  }
  return treeOf(value, depth);
}

function treeOf(value: unknown, depth: number): CallTree {
  const tree = recordOf(value, 'call tree');
  const externalDependencies = listOf(tree, 'externalDependencies').map(callOf);
  const selfCalled = listOf(tree, 'selfCalled').map((one): PeerCall => {
    const call = callOf(one);
    const nested = fieldOf(recordOf(one, 'call'), 'dependencyResult');
    return nested === undefined || nested === null ? call : { ...call, dependencyResult: treeOf(nested, depth - 1) };
  });
  if (depth <= 0 && externalDependencies.length + selfCalled.length > 0) {
    throw new BadAnswer('The answer goes deeper than was asked for.');
  }
  return { externalDependencies, selfCalled };
}

function callOf(value: unknown): Call {
  const call = recordOf(value, 'call');
  const date = textOf(call, 'date');
  const success = fieldOf(call, 'success');
  if (typeof success !== 'boolean') throw new BadAnswer('"success" is not true or false.');
  if (Number.isNaN(Date.parse(date))) throw new BadAnswer('"date" is not a date.');
  const failure = callFailures.find((one) => one === fieldOf(call, 'failure'));
  return {
    date,
    uri: textOf(call, 'uri'),
    success,
    statusCode: numberOf(call, 'statusCode', 999),
    requestTimeInMs: numberOf(call, 'requestTimeInMs', 3_600_000),
    ...(failure === undefined ? {} : { failure }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function recordOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadAnswer(`A ${what} is missing.`);
  return value as Fields;
}

/** Own fields only: what an object inherits is not part of the answer. */
function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fieldOf(fields, name);
  if (!Array.isArray(value)) throw new BadAnswer(`"${name}" is not a list.`);
  if (value.length > mostCalls) throw new BadAnswer(`"${name}" has more than ${mostCalls} calls.`);
  return value;
}

function textOf(fields: Fields, name: string): string {
  const value = fieldOf(fields, name);
  if (typeof value !== 'string' || value.length > longestText) throw new BadAnswer(`"${name}" is not a short text.`);
  return value;
}

function numberOf(fields: Fields, name: string, most: number): number {
  const value = fieldOf(fields, name);
  if (typeof value !== 'number' || !(value >= 0 && value <= most))
    throw new BadAnswer(`"${name}" is not a number in range.`);
  return value;
}
