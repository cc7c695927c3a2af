import { type AddressRange, formatAddress, parsePrefix, prefixesOf } from '../kernel/address.ts';
import { type Intervals, intersect, interval, intervals, runsOf, subtract, unite } from './intervals.ts';

const span = 2 ** 32;
/** Coordinates of IPv6 segments begin here, above 2^18 labelled copies of the IPv4 space. */
export const ipv6Base = 2 ** 51;
/** Coordinates of workloads begin here: pods are spoken of by who they are, not by an address that they may not have yet. */
const podBase = 2 ** 52;

/** Not on the public internet (RFC 1918, 6598, 1122, 3927, 5771, 1112). */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
];

/**
 * Addresses as integers. Service tags are opaque: we know no prefixes of theirs, only that each is a set of public Azure addresses.
 * So a public address is a pair of a label (which tag it belongs to) and its value, and the space holds a copy of the public
 * addresses for each label; label 0 is "in no tag". A literal public prefix in a rule is that prefix under every label; a tag is
 * every address under its labels; so a literal address against a tag rule comes out as some labels matching and some not.
 *
 * Labels are pairs of a service and a region (`Storage.EastUS2`), because `Storage` holds `Storage.EastUS2`, and `AzureCloud.EastUS2`
 * holds it too. Different services are taken as disjoint.
 *
 * IPv6 addresses have no 53-bit number: those that are mentioned cut the IPv6 space into segments, and each segment is one integer.
 */
export interface AddressSpace {
  /** Every address. */
  readonly all: Intervals;
  /** Every IPv4 address, under every label. */
  readonly ipv4: Intervals;
  /** What is not in a virtual network and reachable through the public internet: the tag `Internet`. */
  readonly internet: Intervals;
  /** Every workload of the cluster. They are in no other set: `all` holds addresses only. */
  readonly pods: Intervals;
  /** One workload, by its place in `podNames`. */
  ofPod(position: number): Intervals;
  ofRange(range: AddressRange): Intervals;
  /** A service tag's addresses; empty when the tag was not announced when the space was made. */
  ofTag(tag: string): Intervals;
  /** One coordinate in words: an address, or the tag that it belongs to. */
  describe(coordinate: number): string;
  /** A set in words: prefixes and tags, shortened after `most`. */
  describeSet(set: Intervals, most?: number): string;
}

/** The space for a network whose own address space is `own`, and in which `tags` and `ranges` are spoken of. */
export function addressSpace(
  own: readonly AddressRange[],
  tags: Iterable<string>,
  ranges: Iterable<AddressRange> = [],
  podNames: readonly string[] = [],
): AddressSpace {
  const labels = labelsOf(tags);
  const copies = labels.length + 1;
  const toIpv4 = (range: AddressRange): Intervals => interval(Number(range.first), Number(range.last) + 1);
  const privateSpace = [...notPublic.map((text) => parsePrefix(text) as AddressRange), ...own]
    .filter((range) => range.family === 4)
    .map(toIpv4)
    .reduce(unite, []);

  const cuts = [
    ...new Set([0n, 1n << 128n, ...[...ranges, ...own].flatMap((r) => (r.family === 6 ? [r.first, r.last + 1n] : []))]),
  ];
  cuts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const segmentAt = new Map(cuts.map((cut, index) => [cut, ipv6Base + index]));
  const ipv6 = interval(ipv6Base, ipv6Base + cuts.length - 1);
  const ofIpv6 = (range: AddressRange): Intervals => {
    const from = segmentAt.get(range.first);
    const until = segmentAt.get(range.last + 1n);
    if (from === undefined || until === undefined)
      throw new RangeError('an IPv6 range that the address space was not made for');
    return interval(from, until);
  };
  const ownIpv6 = own
    .filter((range) => range.family === 6)
    .map(ofIpv6)
    .reduce(unite, []);

  const labelled = interval(span, copies * span);
  const ofLabels = (wanted: (label: Label) => boolean): Intervals =>
    intervals(labels.flatMap((label, k) => (wanted(label) ? [[(k + 1) * span, (k + 2) * span] as const] : [])));

  const space: AddressSpace = {
    all: unite(interval(0, copies * span), ipv6),
    ipv4: interval(0, copies * span),
    internet: unite(unite(subtract(interval(0, span), privateSpace), labelled), subtract(ipv6, ownIpv6)),
    pods: interval(podBase, podBase + podNames.length),
    ofPod: (position) => interval(podBase + position, podBase + position + 1),
    ofRange(range) {
      if (range.family === 6) return ofIpv6(range);
      const plain = toIpv4(range);
      const [from, until] = plain as unknown as [number, number];
      if (subtract(plain, privateSpace).length === 0) return plain;
      return intervals(Array.from({ length: copies }, (_, k) => [k * span + from, k * span + until] as const));
    },
    ofTag(tag) {
      const { service, region } = splitTag(tag);
      return ofLabels(
        (label) =>
          (service === 'azurecloud' || label.service === service) && (region === undefined || label.region === region),
      );
    },
    describe(coordinate) {
      if (coordinate >= podBase) return `pod:${podNames[coordinate - podBase] ?? '?'}`;
      if (coordinate >= ipv6Base) return formatAddress(6, cuts[coordinate - ipv6Base] ?? 0n);
      const label = labels[Math.floor(coordinate / span) - 1];
      return label === undefined ? formatAddress(4, BigInt(coordinate)) : `tag:${label.text}`;
    },
    describeSet(set, most = 6) {
      const words = new Set<string>();
      if (subtract(space.all, set).length === 0) return 'any';
      if (subtract(space.internet, set).length === 0) words.add('internet');
      const rest = words.size > 0 ? subtract(set, space.internet) : set;
      for (const [from, until] of runsOf(intersect(rest, space.pods)))
        for (let pod = from; pod < until; pod++) words.add(space.describe(pod));
      for (const [from, until] of runsOf(intersect(rest, space.all))) {
        if (from >= ipv6Base) words.add(space.describe(from));
        else
          for (let k = Math.floor(from / span); k * span < until; k++) {
            if (k > 0) words.add(space.describe(k * span));
            else {
              const range = { family: 4, first: BigInt(from), last: BigInt(Math.min(until, span) - 1) } as const;
              for (const prefix of prefixesOf(range)) {
                const text = formatAddress(4, prefix.first);
                words.add(prefix.length === 32 ? text : `${text}/${prefix.length}`);
              }
            }
          }
      }
      const list = [...words];
      return list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${list.length - most} more`;
    },
  };
  return space;
}

interface Label {
  readonly service: string;
  readonly region: string | undefined;
  readonly text: string;
}

function splitTag(tag: string): { readonly service: string; readonly region: string | undefined } {
  const [service = '', ...rest] = tag.toLowerCase().split('.');
  return { service, region: rest.length === 0 ? undefined : rest.join('.') };
}

/** Every pair of a service and a region that the tags need, services together; what is in Azure and in none of them, too. */
function labelsOf(tags: Iterable<string>): readonly Label[] {
  const services = new Map<string, string>([['azurecloud', 'AzureCloud']]);
  const regions = new Map<string, string>();
  let any = false;
  for (const tag of tags) {
    any = true;
    const { service, region } = splitTag(tag);
    const [text = service, ...rest] = tag.split('.');
    if (!services.has(service)) services.set(service, text);
    if (region !== undefined && !regions.has(region)) regions.set(region, rest.join('.'));
  }
  if (!any) return [];
  return [...services].flatMap(([service, text]) => [
    { service, region: undefined, text },
    ...[...regions].map(([region, regionText]) => ({ service, region, text: `${text}.${regionText}` })),
  ]);
}
