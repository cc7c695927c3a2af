import type { DeploymentContext, RuntimeProvider } from './contract.ts';
import type { Meter } from './meter.ts';

/** A resource as `reference` and `list*` find it. */
export interface ReferenceTarget {
  readonly id: string;
  readonly apiVersion: string;
  readonly condition: boolean;
}

/** What `reference('name')` may mean in a template. */
export type ReferenceLookup =
  | { readonly kind: 'resource'; readonly target: ReferenceTarget }
  | { readonly kind: 'loop'; readonly targets: readonly ReferenceTarget[] }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' };

/** A function that a template defines. */
export interface UserFunction {
  readonly parameters: readonly string[];
  /** It sees its arguments and other functions, nothing else of the template. */
  invoke(args: readonly unknown[], meter: Meter): unknown;
}

/** What an expression may ask of the template that it stands in. Names are matched without regard to case. */
export interface TemplateFrame {
  readonly context: DeploymentContext;
  parameter(name: string): unknown;
  variable(name: string): unknown;
  userFunction(namespace: string, name: string): UserFunction | undefined;
  /** Whether functions that the template defines may call each other: from language version 2.0 on. */
  readonly functionsMayNest: boolean;
  lookup(nameOrId: string): ReferenceLookup;
  /** What `deployment()` returns. */
  deployment(): { readonly [key: string]: unknown };
}

/** A copy loop that the expression stands in. */
export interface CopyFrame {
  readonly name: string;
  readonly index: number;
  /** Loops of resources and outputs answer `copyIndex()` without a name. */
  readonly unnamed: boolean;
  readonly outer: CopyFrame | undefined;
}

/** A lambda variable in scope. */
export interface LambdaFrame {
  readonly name: string;
  readonly value: unknown;
  readonly outer: LambdaFrame | undefined;
}

export interface Environment {
  readonly frame: TemplateFrame;
  readonly meter: Meter;
  readonly copies?: CopyFrame | undefined;
  readonly lambda?: LambdaFrame | undefined;
  /** Inside a user function: its arguments, by name in lower case. Nothing else of the template is in sight then. */
  readonly functionArguments?: ReadonlyMap<string, unknown> | undefined;
  /** Answers run-time functions; without one they stay symbolic. */
  readonly runtime?: RuntimeProvider | undefined;
  /** Whether run-time functions may stand here at all. */
  readonly runtimeAllowed: boolean;
  /** Whether `utcNow` and `newGuid` may: only in default values of parameters. */
  readonly nowAllowed?: boolean | undefined;
  /** Hears of every resource that is named by `reference` or `list*`, for the implicit dependencies. */
  readonly onReference?: ((target: ReferenceTarget) => void) | undefined;
}

/** The environment with another lambda variable in scope. Spelled out, because it is made for every element of every lambda. */
export function withLambda(environment: Environment, lambda: LambdaFrame | undefined): Environment {
  return {
    frame: environment.frame,
    meter: environment.meter,
    copies: environment.copies,
    lambda,
    functionArguments: environment.functionArguments,
    runtime: environment.runtime,
    runtimeAllowed: environment.runtimeAllowed,
    nowAllowed: environment.nowAllowed,
    onReference: environment.onReference,
  };
}
