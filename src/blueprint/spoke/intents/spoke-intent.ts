import type { ControlId } from '../../../model/control.ts';
import type { Intent, TrafficText } from '../../../model/intent.ts';
import type { Components } from '../../../spec/components.ts';
import type { ClusterSpec, EgressSpec } from '../../../spec/spec.ts';
import type { IntentDraft } from '../../draft.ts';
import type { HubRefs } from '../../hub/refs.ts';
import type { Crossing } from '../../workload/services.ts';
import type { SpokeRefs } from '../refs.ts';

/** What the intents of one spoke speak about. */
export interface IntentInput {
  readonly cluster: ClusterSpec;
  readonly refs: SpokeRefs;
  readonly hub: HubRefs;
  readonly egress: readonly EgressSpec[];
  /** Where the workload's calls go from one scope to the other. */
  readonly crossings: readonly Crossing[];
  readonly components: Components;
  /** Address ranges of every other spoke. */
  readonly otherSpokes: readonly string[];
}

interface Ends {
  readonly from: readonly string[];
  readonly exceptFrom?: readonly string[];
  readonly to: readonly string[];
  readonly exceptTo?: readonly string[];
  readonly traffic?: readonly TrafficText[];
}

type Make = (family: string, statement: string, ends: Ends, ...controls: readonly string[]) => IntentDraft;

/** Makers of intents of one cluster; control numbers are those of PCI DSS 4.0.1. */
export function intentsOf({ cluster }: Pick<IntentInput, 'cluster'>): Readonly<Record<Intent['expect'], Make>> {
  const make =
    (expect: Intent['expect']): Make =>
    (family, statement, ends, ...controls) => ({
      family,
      of: cluster.name,
      statement: `Cluster ${cluster.name}: ${statement}`,
      expect,
      ...ends,
      controls: controls.map((number): ControlId => `pci-dss-4.0.1:${number}`),
    });
  return { allowed: make('allowed'), denied: make('denied'), possible: make('possible') };
}

export const tcp = (...ports: readonly (string | number)[]): readonly TrafficText[] => [{ protocol: 'tcp', ports }];
export const udpAndTcp = (port: number): readonly TrafficText[] => [
  { protocol: 'udp', ports: [port] },
  { protocol: 'tcp', ports: [port] },
];
