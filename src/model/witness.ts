/** One packet, as a person would describe it. */
export interface PacketText {
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** The host name asked for (TLS SNI, HTTP Host), where one matters. */
  readonly name?: string;
}

export type HopEffect = 'allow' | 'deny' | 'forward' | 'translate' | 'terminate' | 'drop';

/** One step of a packet's way, with what decided there. */
export interface Hop {
  /** `nsg`, `route`, `peering`, `firewall`, `private-endpoint`, `dns`, … */
  readonly layer: string;
  /** Resource id, or a name where there is none (`internet`). */
  readonly resource: string;
  /** The rule that decided: an NSG rule, a route, a firewall rule (`group/collection/rule`), or a platform default. */
  readonly rule: string;
  readonly effect: HopEffect;
  /** In words, e.g. the source address after translation. */
  readonly detail?: string;
  /** `reply` where the hop is on the way back. */
  readonly direction?: 'request' | 'reply';
}

export type Verdict = 'allowed' | 'denied' | 'depends';

/** A packet with its whole way. */
export interface Witness {
  readonly verdict: Verdict;
  readonly packet: PacketText;
  readonly hops: readonly Hop[];
}
