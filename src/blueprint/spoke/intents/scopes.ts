import type { IntentDraft } from '../../draft.ts';
import { everythingButTcp } from '../../network/traffic.ts';
import type { WorkloadPool } from '../../workload/services.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, servicePodSubnets } from '../refs.ts';
import { type IntentInput, intentsOf, tcp } from './spoke-intent.ts';

/** The two scopes: apart, but for the calls of the workload that the spec names. */
export function scopeIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs, crossings } = input;
  const { allowed, denied } = intentsOf(input);
  const nodes = refs.endpoints(...nodeSubnets);
  const service = refs.endpoints(...servicePodSubnets);
  const pods = { 'in-scope': refs.endpoints('podsInScope'), 'out-of-scope': refs.endpoints('podsOutOfScope') };
  const crosses = (from: WorkloadPool, to: WorkloadPool) => crossings.find((one) => one.from === from && one.to === to);
  const apart = (from: WorkloadPool, to: WorkloadPool, ...controls: readonly string[]): IntentDraft => {
    const calls = crosses(from, to)?.calls;
    const ends = { from: pods[from], to: pods[to] };
    return calls === undefined
      ? denied(`${from}-pods-never-reach-${to}-pods`, `${from} pods never reach ${to} pods`, ends, ...controls)
      : denied(
          `${from}-pods-never-reach-${to}-pods`,
          `${from} pods reach ${to} pods on the workload’s port for ${named(calls)}, and in no other way`,
          { ...ends, traffic: everythingButTcp(Number(ports.workload)) },
          ...controls,
        );
  };
  const reachedByFew = (pool: WorkloadPool, other: WorkloadPool, words: string, ...controls: readonly string[]) => {
    const called = crosses(other, pool) !== undefined;
    return denied(
      `${pool}-pods-are-reached-by-few`,
      `${pool} pods are reached by each other, the cluster’s nodes, ${words}${called ? `, ${other} pods that call them` : ''}, and by nothing else`,
      {
        from: ['any'],
        exceptFrom: [...nodes, ...service, ...pods[pool], ...(called ? pods[other] : [])],
        to: pods[pool],
      },
      ...controls,
    );
  };
  return [
    reachedByFew('in-scope', 'out-of-scope', 'the ingress and service pods', '1.3.1', '1.4.4', '11.4.5'),
    apart('out-of-scope', 'in-scope', '1.3.1', '1.4.4', '11.4.5'),
    apart('in-scope', 'out-of-scope', '1.3.2', '11.4.5'),
    reachedByFew('out-of-scope', 'in-scope', 'service pods', '1.3.1'),
    ...crossings.map(({ from, to, calls }) =>
      allowed(
        `workload-calls-${from}-to-${to}`,
        `${from} pods reach ${to} pods on the workload’s port, for ${named(calls)}`,
        { from: pods[from], to: pods[to], traffic: tcp(ports.workload) },
        '1.2.5',
      ),
    ),
  ];
}

const named = (calls: readonly { readonly from: string; readonly to: string }[]): string =>
  calls.map(({ from, to }) => `${from} → ${to}`).join(', ');
