import type { ControlId } from './control.ts';

/**
 * An end of traffic, in the words that `reach` takes too: an address or prefix (`10.0.0.4`, `10.0.0.0/24`), a resource id or
 * unique name, `subnet:NAME` or `subnet:VNET/NAME`, `pod:NS/NAME`, `namespace:NS`, `service:NS/NAME`, `internet`,
 * `tag:SERVICETAG`, a host name, or `any` (every subnet and the internet).
 */
export type EndpointText = string;

export interface TrafficText {
  /** @default every protocol */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** `443`, `1000-2000`. @default every port */
  readonly ports?: readonly (number | string)[];
}

/** A statement about traffic that must hold. */
export interface Intent {
  /** Stable, kebab-case. */
  readonly id: string;
  /** The statement in words, as an auditor reads it. */
  readonly statement: string;
  /**
   * `allowed`: each packet of `traffic` from each `from` to each `to` gets through, and its reply returns.
   * `denied`: no packet of `traffic` from any `from` (but `exceptFrom`) to any `to` (but `exceptTo`) gets through.
   * `possible`: no packet is surely stopped. For ends that a state knows in part only, as pods that the platform brings: whether they have
   * the labels that a policy asks for is not in it.
   */
  readonly expect: 'allowed' | 'denied' | 'possible';
  readonly from: readonly EndpointText[];
  readonly exceptFrom?: readonly EndpointText[];
  readonly to: readonly EndpointText[];
  readonly exceptTo?: readonly EndpointText[];
  /** @default all traffic */
  readonly traffic?: readonly TrafficText[];
  readonly controls: readonly ControlId[];
}
