import { type FailureKind, Problem } from '../kernel/errors.ts';

/** The error body of ARM, as far as it is one. */
interface ErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}

/** A refusal by Azure Resource Manager, with the service's own code. Whoever makes one has masked the secrets in what it is given. */
export class ArmRequestError extends Problem {
  /** HTTP status, or 0 where an operation ended as failed. */
  readonly status: number;
  /** The service's code: `ResourceGroupNotFound`. */
  readonly armCode: string;
  /** The innermost messages, each `Code: text`, for people who look for the cause. */
  readonly details: readonly string[];
  /** `x-ms-request-id`, for Azure's support. */
  readonly requestId: string | undefined;
  /** `x-ms-correlation-request-id`: what the activity log calls everything that the request set off. */
  readonly correlationId: string | undefined;

  constructor(init: {
    readonly request: string;
    readonly status: number;
    readonly body: unknown;
    readonly requestId?: string | undefined;
    readonly correlationId?: string | undefined;
  }) {
    const error = errorOf(init.body);
    const armCode = typeof error.code === 'string' ? error.code : `HTTP ${init.status}`;
    const details = flatten(error);
    const message = typeof error.message === 'string' ? error.message : 'the answer has no error body';
    const why = details.filter((detail) => !detail.endsWith(message));
    super({
      code: 'AZURE_REFUSED',
      message: `${init.request}: ${armCode}: ${message}`,
      kind: kindOf(init.status),
      ...(why.length === 0 ? {} : { why: why.join('; ') }),
    });
    this.status = init.status;
    this.armCode = armCode;
    this.details = details;
    this.requestId = init.requestId;
    this.correlationId = init.correlationId;
  }
}

function kindOf(status: number): FailureKind {
  return status === 404 ? 'not-found' : 'failed';
}

function errorOf(body: unknown): ErrorBody {
  if (typeof body !== 'object' || body === null) return {};
  // Registries answer with a list.
  const [first] = (body as { errors?: readonly unknown[] }).errors ?? [];
  const inner = (body as { error?: unknown }).error ?? first;
  return typeof inner === 'object' && inner !== null ? (inner as ErrorBody) : (body as ErrorBody);
}

/** The leaves of the tree of details. Resource providers' errors arrive as escaped JSON inside a message: those are opened too. */
function flatten(error: ErrorBody, depth = 0): readonly string[] {
  if (depth > 8) return [];
  const nested = Array.isArray(error.details) ? (error.details as readonly unknown[]) : [];
  const inner = nested.filter((detail): detail is ErrorBody => typeof detail === 'object' && detail !== null);
  if (inner.length > 0) return inner.flatMap((detail) => flatten(errorOf(detail), depth + 1));
  const { code, message } = error;
  if (typeof message !== 'string') return [];
  if (message.trimStart().startsWith('{')) {
    try {
      const opened = flatten(errorOf(JSON.parse(message)), depth + 1);
      if (opened.length > 0) return opened;
    } catch {
      // A message that only looks like JSON.
    }
  }
  return [`${typeof code === 'string' ? code : 'Error'}: ${message}`];
}
