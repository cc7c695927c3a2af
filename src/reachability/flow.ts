import type { Hop } from '../model/witness.ts';
import type { Firewall } from './model.ts';
import type { Group } from './network.ts';
import { isEmpty, type PacketSet, within } from './packets.ts';

/**
 * Packets, as their source sends them, that take the same way to the same end. `one-way`: they arrive, and the reply does not come back.
 * Flows of one source may overlap where the platform or a state with gaps leaves the outcome open.
 */
export interface Flow {
  readonly packets: PacketSet;
  readonly outcome: 'allowed' | 'one-way' | 'denied';
  readonly from: Group;
  readonly hops: readonly Hop[];
  readonly assumption?: string;
  /** Told of the address behind a firewall's translation, which nobody inside dials. */
  readonly behindTranslation?: boolean;
  /** Whose addresses the far side sees as the source, where they were translated. */
  readonly translatedBy?: Firewall;
}

/** Packets under way. */
export interface Journey {
  readonly from: Group;
  readonly packets: PacketSet;
  readonly hops: readonly Hop[];
}

export function advance(journey: Journey, set: PacketSet, ...hops: readonly Hop[]): Journey {
  return { from: journey.from, packets: set, hops: [...journey.hops, ...hops] };
}

export function end(journey: Journey, outcome: Flow['outcome'], hop?: Hop, assumption?: string): Flow {
  const hops = hop === undefined ? journey.hops : [...journey.hops, hop];
  const flow = { packets: journey.packets, outcome, from: journey.from, hops };
  return assumption === undefined ? flow : { ...flow, assumption };
}

/** Both outcomes for the same packets: what decides is not in the model. */
export function open(journey: Journey, hop: Omit<Hop, 'effect'>, assumption: string): readonly Flow[] {
  return [
    end(journey, 'allowed', { ...hop, effect: 'forward' }, assumption),
    end(journey, 'denied', { ...hop, effect: 'drop' }, assumption),
  ];
}

/** The part of a journey that goes to some destinations; undefined when there is none. */
export function towards(journey: Journey, destination: readonly number[]): Journey | undefined {
  const set = within(journey.packets, 'destination', destination);
  return isEmpty(set) ? undefined : { ...journey, packets: set };
}
