import { expectedRow, type Row } from '../../expected-matrix.ts';
import type { Call, CallTree, PeerCall } from '../call-tree.ts';

/** One call as the page shows it. */
export interface Observed {
  readonly caller: string;
  readonly target: string;
  readonly isExternal: boolean;
  readonly call: Call;
  /** The row of the matrix; undefined where the configuration names others than the matrix knows. */
  readonly expected: Row | undefined;
  /** Went as the matrix says. */
  readonly asDesigned: boolean;
  /** What the target called in turn; empty unless it answered. */
  readonly below: readonly Observed[];
}

/** The tree with names in place of addresses, and beside each call what should have happened. */
export function observe(caller: string, tree: CallTree): readonly Observed[] {
  return [
    ...tree.externalDependencies.map((call) => observeCall(caller, call, true, [])),
    ...tree.selfCalled.map((call: PeerCall) => {
      const below = call.dependencyResult === undefined ? [] : observe(serviceName(call.uri), call.dependencyResult);
      return observeCall(caller, call, false, below);
    }),
  ];
}

function observeCall(caller: string, call: Call, isExternal: boolean, below: readonly Observed[]): Observed {
  const target = isExternal ? hostOf(call.uri) : serviceName(call.uri);
  const expected = expectedRow(caller, target);
  const asDesigned = expected === undefined || call.success === (expected.stoppedBy.length === 0);
  return { caller, target, isExternal, call, expected, asDesigned, below };
}

/** Every call of the tree, top down. */
export function flatten(observed: readonly Observed[]): readonly Observed[] {
  return observed.flatMap((one) => [one, ...flatten(one.below)]);
}

const hostOf = (uri: string): string => (URL.canParse(uri) ? new URL(uri).hostname : uri);
/** Cluster DNS puts the Service's name first: `microservice-a.a0005-o`. */
const serviceName = (uri: string): string => hostOf(uri).split('.', 1)[0] ?? uri;
