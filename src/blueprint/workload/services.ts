import { poolOfScope } from '../../spec/scope-pool.ts';
import type { EgressSpec, Spec } from '../../spec/spec.ts';

export type WorkloadPool = ReturnType<typeof poolOfScope>;

/** A component of the workload as the cluster knows it: a service with its pods. */
export interface WorkloadService {
  readonly name: string;
  readonly pool: WorkloadPool;
  readonly namespace: string;
  /** Whom it calls, and who calls it. */
  readonly calls: readonly string[];
  readonly calledBy: readonly string[];
  /** Whether the ingress hands requests to it. */
  readonly isEntrance: boolean;
  /** Allowances that let it send to hosts outside the cluster. */
  readonly egress: readonly EgressSpec[];
}

/** `a0005-i` and `a0005-o`: one namespace a pool, so that policies and quotas are about one scope. */
export function workloadNamespace(spec: Spec, pool: WorkloadPool): string {
  return `a${spec.organization.application}-${pool === 'in-scope' ? 'i' : 'o'}`;
}

/** The workload's services in the order of the spec. Allowances are those that hold on the day, for one cluster. */
export function workloadServices(spec: Spec, egress: readonly EgressSpec[]): readonly WorkloadService[] {
  const { calls, entrance } = spec.workload;
  return spec.cardholderData.components.map(({ name, scope }) => {
    const pool = poolOfScope(scope);
    return {
      name,
      pool,
      namespace: workloadNamespace(spec, pool),
      calls: calls.filter(({ from }) => from === name).map(({ to }) => to),
      calledBy: calls.filter(({ to }) => to === name).map(({ from }) => from),
      isEntrance: name === entrance,
      egress: egress.filter(({ from, component }) => from === pool && (component === undefined || component === name)),
    };
  });
}

/** Calls that leave one pool for another, by the pools that they join. */
export interface Crossing {
  readonly from: WorkloadPool;
  readonly to: WorkloadPool;
  readonly calls: readonly { readonly from: string; readonly to: string }[];
}

/** Where the chain of calls crosses from scope to scope; nothing where it stays in one. */
export function crossingsOf(spec: Spec): readonly Crossing[] {
  const services = workloadServices(spec, []);
  const poolOf = (name: string): WorkloadPool | undefined => services.find((one) => one.name === name)?.pool;
  const directions = [
    { from: 'in-scope', to: 'out-of-scope' },
    { from: 'out-of-scope', to: 'in-scope' },
  ] as const;
  return directions
    .map(({ from, to }) => ({
      from,
      to,
      calls: spec.workload.calls.filter((call) => poolOf(call.from) === from && poolOf(call.to) === to),
    }))
    .filter(({ calls }) => calls.length > 0);
}
