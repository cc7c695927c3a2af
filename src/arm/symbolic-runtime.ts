import { ArmError } from './arm-error.ts';
import type { RuntimeProvider } from './contract.ts';

const symbolic = new WeakMap<RuntimeProvider, (expression: string) => void>();

/**
 * A runtime with no cloud behind it: run-time functions stay symbolic, as the expressions that they are. Values that contain them
 * come out as template strings, and literal texts that look like expressions are escaped as in a template.
 */
export function symbolicRuntime(onUnresolved: (expression: string) => void = () => {}): RuntimeProvider {
  const refuse = (): never => {
    throw new ArmError(409, {
      code: 'NotResolvable',
      message: 'There is no cloud to ask: run-time functions stay symbolic.',
    });
  };
  const runtime: RuntimeProvider = { resource: refuse, action: refuse };
  symbolic.set(runtime, onUnresolved);
  return runtime;
}

/** Whether run-time functions are to be answered by this runtime at all. */
export function answers(runtime: RuntimeProvider | undefined): runtime is RuntimeProvider {
  return runtime !== undefined && !symbolic.has(runtime);
}

/** Tells a symbolic runtime of an expression that it could not answer. */
export function noteUnresolved(runtime: RuntimeProvider, expression: string): void {
  symbolic.get(runtime)?.(expression);
}
