import type { AddressRange } from '../kernel/address.ts';
import type { Service } from './cluster/model.ts';
import type { PortRange, PrivateZone, Protocols } from './model.ts';

/** An end of traffic, resolved against a model. */
export type Endpoint =
  | { readonly kind: 'addresses'; readonly text: string; readonly ranges: readonly AddressRange[] }
  | { readonly kind: 'internet'; readonly text: string }
  /** Every subnet, the internet, and every workload of the cluster. */
  | { readonly kind: 'any'; readonly text: string }
  /** A service tag; as an FQDN tag too where `names` says so. */
  | {
      readonly kind: 'tag';
      readonly text: string;
      readonly tag: string;
      readonly names: boolean;
      readonly addresses: boolean;
    }
  /** What the tag AzurePlatformDNS stands for: the platform's resolver, and port 53 of it only. */
  | { readonly kind: 'platform-dns'; readonly text: string }
  /** Workloads of the cluster, by their positions in its model. */
  | { readonly kind: 'workloads'; readonly text: string; readonly workloads: readonly number[] }
  /** A service of the cluster: as a destination its ports, translated to those of the workloads behind it. */
  | {
      readonly kind: 'service';
      readonly text: string;
      readonly service: Service;
      readonly workloads: readonly number[];
    }
  /** A host name of a private zone: what it stands for depends on who asks. No answers: the zone has no such record. */
  | {
      readonly kind: 'private-name';
      readonly text: string;
      readonly pattern: string;
      readonly zone: PrivateZone;
      readonly answers: readonly AddressRange[];
    }
  /** A host name, or `*.example.com`. */
  | { readonly kind: 'name'; readonly text: string; readonly pattern: string };

export interface Traffic {
  readonly protocols: Protocols;
  /** Empty: every port. */
  readonly ports: readonly PortRange[];
}

/** A set of packets in words of the model. */
export interface Question {
  readonly from: readonly Endpoint[];
  readonly exceptFrom?: readonly Endpoint[];
  readonly to: readonly Endpoint[];
  readonly exceptTo?: readonly Endpoint[];
  /** Empty: all traffic. */
  readonly traffic: readonly Traffic[];
  /** The host name asked for, with an address or tag as destination. */
  readonly name?: string;
}
