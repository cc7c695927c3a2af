import type { AddressRange } from '../kernel/address.ts';
import { type Intervals, intersect, subtract, unite } from './intervals.ts';
import type { Network } from './network.ts';
import { everyPort, type PacketSet, packets } from './packets.ts';

/** One packet of a world in which it is known which service tag a public address is in. */
export interface PointParts {
  readonly source: { readonly range: AddressRange; readonly tag?: string | undefined };
  readonly destination: { readonly range: AddressRange; readonly tag?: string | undefined };
  readonly protocol: number;
  readonly destinationPort?: number;
  readonly name?: string;
}

/** The set that holds one packet: for tools that ask packet by packet, and for referees. FQDN tags count as not holding the name. */
export function packetPoint(network: Network, of: PointParts): PacketSet {
  const { addresses, names, tags } = network.spaces;
  const any = tags.map((tag) => addresses.ofTag(tag)).reduce(unite, addresses.ofTag('AzureCloud'));
  const coordinate = ({ range, tag }: PointParts['source']): Intervals => {
    const set = addresses.ofRange(range);
    if (tag === undefined) return subtract(set, any);
    // The narrowest label: one that belongs to this tag and to no narrower one.
    const narrower = tags.filter((one) => one.toLowerCase().startsWith(`${tag.toLowerCase()}.`));
    const regions = tag.includes('.')
      ? []
      : [...new Set(tags.flatMap((one) => one.split('.').slice(1).join('.') || []))];
    const excluded = [...narrower, ...regions.map((region) => `AzureCloud.${region}`)];
    return excluded.reduce((left, one) => subtract(left, addresses.ofTag(one)), intersect(set, addresses.ofTag(tag)));
  };
  const port = of.destinationPort;
  return packets({
    source: coordinate(of.source),
    destination: coordinate(of.destination),
    protocol: [of.protocol, of.protocol + 1],
    destinationPort: port === undefined ? everyPort : [port, port + 1],
    name: of.name === undefined ? names.unnamed : names.ofPattern(of.name).slice(0, 2),
  });
}
