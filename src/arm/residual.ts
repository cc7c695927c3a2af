import type { RuntimeProvider } from './contract.ts';
import type { CallExpression, Expression } from './expression.ts';
import { isJsonObject, type JsonObject, setMember } from './json-value.ts';

/**
 * A value that is only known while resources are being deployed. `expression` says what it is, with everything folded that is
 * known already; `resolve` works it out.
 */
export class Residual {
  readonly expression: Expression;
  readonly #resolve: (runtime: RuntimeProvider) => unknown;

  constructor(expression: Expression, resolve: (runtime: RuntimeProvider) => unknown) {
    this.expression = expression;
    this.#resolve = resolve;
  }

  resolve(runtime: RuntimeProvider): unknown {
    return this.#resolve(runtime);
  }
}

export function isResidual(value: unknown): value is Residual {
  return value instanceof Residual;
}

/** Objects and arrays that hold a residual somewhere inside. */
const tainted = new WeakSet<object>();

/** Whether a value is not wholly known: a residual, or a container with one inside. */
export function isOpen(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value instanceof Residual || tainted.has(value));
}

/** Marks a container as holding residuals when one of its members is open. */
export function markOpen<Container extends object>(container: Container, members: Iterable<unknown>): Container {
  for (const member of members) {
    if (isOpen(member)) {
      tainted.add(container);
      break;
    }
  }
  return container;
}

/** A value as an expression: residuals as what they stand for, everything else as a constant. */
export function expressionOf(value: unknown, start: number, end: number): Expression {
  if (value instanceof Residual) return value.expression;
  return { kind: 'constant', value, start, end };
}

/** A call with arguments that are partly known. */
export function foldedCall(call: CallExpression, args: readonly unknown[]): CallExpression {
  return { ...call, args: args.map((arg, i) => expressionOf(arg, call.args[i]?.start ?? 0, call.args[i]?.end ?? 0)) };
}

/** Works out every residual in a value. What the runtime leaves open (a symbolic one does) stays as it is. */
export function resolveOpen(value: unknown, runtime: RuntimeProvider): unknown {
  if (!isOpen(value)) return value;
  if (value instanceof Residual) {
    const resolved = value.resolve(runtime);
    return isResidual(resolved) ? resolved : resolveOpen(resolved, runtime);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => resolveOpen(item, runtime));
    return markOpen(items, items);
  }
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) setMember(result, key, resolveOpen(item, runtime));
  return markOpen(result, Object.values(result));
}
