/**
 * The referee: reads the ARM JSON itself and walks one packet at a time, first match, with no code of the product and no sets. Written from
 * network-semantics.md 4.3 to 4.5. `fault` breaks it on purpose, to show that the comparison notices.
 */
type Json = { readonly [key: string]: unknown };

export interface Packet {
  readonly src: string;
  readonly dst: string;
  readonly protocol: 'Tcp' | 'Udp' | 'Icmp';
  /** Destination port; 0 for ICMP. */
  readonly port: number;
  readonly name?: string;
}

export interface Answer {
  readonly outcome: 'allowed' | 'one-way' | 'denied';
  /** What decided: for a denied packet the rule that denied, for an allowed one the last firewall or security rule that allowed it. */
  readonly rule: string;
}

export const faults = [
  'priority-upside-down',
  'destination-group-ignored',
  'user-routes-lose-ties',
  'shortest-prefix-wins',
  'peering-needs-one-side',
  'forwarded-flag-ignored',
  'application-before-network',
  'child-policy-first',
  'source-always-kept',
  'return-path-ignored',
  'virtual-network-is-own-space',
  'card-group-ignored',
] as const;
export type Fault = (typeof faults)[number];

const num = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const obj = (value: unknown): Json => (value ?? {}) as Json;
const arr = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
const strs = (value: unknown): readonly string[] => (value ?? []) as readonly string[];
const props = (value: unknown): Json => obj(obj(value).properties);
const refersTo = (value: unknown): string => String(obj(value).id ?? '').toLowerCase();
const key = (value: Json): string => String(value.id).toLowerCase();

function within(ip: number, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(ip / size) === Math.floor(num(base) / size);
}
const bitsOf = (cidr: string): number => Number(cidr.split('/')[1] ?? 32);

const reserved =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32'.split(
    ' ',
  );
const dropped = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

export interface Referee {
  judge(packet: Packet, fault?: Fault): Answer;
}

/** `tagOf`: in which service tag a public address is, in the world that the packets live in. */
export function referee(resources: readonly Json[], tagOf: (ip: string) => string | undefined): Referee {
  const byId = new Map(resources.map((one) => [key(one), one]));
  const ofType = (type: string) =>
    resources.filter((one) => String(one.type).toLowerCase() === `microsoft.network/${type}`);
  const vnets = ofType('virtualnetworks');
  const space = (vnet: Json) => strs(obj(props(vnet).addressSpace).addressPrefixes);
  const subnets = vnets.flatMap((vnet) =>
    arr(props(vnet).subnets).map((subnet) => ({ vnet, subnet, prefix: String(props(subnet).addressPrefix) })),
  );
  type Place = (typeof subnets)[number];
  const placeOf = (ip: number): Place | undefined => subnets.find((one) => within(ip, one.prefix));
  const isPublic = (ip: number): boolean => ![...reserved, ...vnets.flatMap(space)].some((cidr) => within(ip, cidr));
  const fw = ofType('azurefirewalls')[0];
  const fwConfig = props(arr(props(fw).ipConfigurations)[0]);
  const fwIp = num(String(fwConfig.privateIPAddress));
  const fwPlace = placeOf(fwIp) as Place;

  const half = (a: Json, b: Json) =>
    arr(props(a).virtualNetworkPeerings).find((one) => refersTo(props(one).remoteVirtualNetwork) === key(b));
  const connected = (peering: Json | undefined) => props(peering).peeringState === 'Connected';
  const linked = (a: Json, b: Json, fault?: Fault): boolean =>
    fault === 'peering-needs-one-side'
      ? connected(half(a, b)) || connected(half(b, a))
      : connected(half(a, b)) && connected(half(b, a));
  const access = (a: Json, b: Json, fault?: Fault): boolean =>
    linked(a, b, fault) &&
    props(half(a, b)).allowVirtualNetworkAccess !== false &&
    props(half(b, a)).allowVirtualNetworkAccess !== false;

  const table = (place: Place): readonly Json[] =>
    arr(props(byId.get(refersTo(props(place.subnet).routeTable))).routes).map(props);
  function route(
    place: Place,
    ip: number,
    fault?: Fault,
  ): { readonly hop: string; readonly vnet?: Json; readonly address?: number } {
    const user = table(place);
    const all: {
      readonly cidr: string;
      readonly rank: number;
      readonly hop: string;
      readonly vnet?: Json;
      readonly address?: number;
    }[] = [{ cidr: '0.0.0.0/0', rank: 3, hop: 'Internet' }];
    if (!user.some((one) => String(one.addressPrefix) === '0.0.0.0/0'))
      for (const cidr of dropped) all.push({ cidr, rank: 4, hop: 'None' });
    for (const vnet of vnets)
      if (vnet === place.vnet || linked(place.vnet, vnet, fault))
        for (const cidr of space(vnet)) all.push({ cidr, rank: 2, hop: 'Vnet', vnet });
    for (const one of user) {
      const rank = fault === 'user-routes-lose-ties' ? 9 : 1;
      const hop = one.nextHopType === 'VnetLocal' ? 'Vnet' : String(one.nextHopType);
      all.push({
        cidr: String(one.addressPrefix),
        rank,
        hop,
        vnet: place.vnet,
        ...(one.nextHopIpAddress === undefined ? {} : { address: num(String(one.nextHopIpAddress)) }),
      });
    }
    const sign = fault === 'shortest-prefix-wins' ? -1 : 1;
    const best = all
      .filter((one) => within(ip, one.cidr))
      .sort((a, b) => sign * (bitsOf(b.cidr) - bitsOf(a.cidr)) || a.rank - b.rank)[0];
    return best as (typeof all)[number];
  }

  function matchesTag(term: string, ip: number, place: Place, fault?: Fault): boolean {
    const word = term.toLowerCase();
    if (word === '*') return true;
    if (word === 'internet') return isPublic(ip);
    if (word === 'azureloadbalancer') return ip === num('168.63.129.16');
    if (word === 'virtualnetwork') {
      if (space(place.vnet).some((cidr) => within(ip, cidr))) return true;
      if (fault === 'virtual-network-is-own-space') return false;
      const peers = vnets.filter((vnet) => vnet !== place.vnet && access(place.vnet, vnet, fault));
      return (
        peers.flatMap(space).some((cidr) => within(ip, cidr)) ||
        table(place).some((one) => within(ip, String(one.addressPrefix))) ||
        ip === num('168.63.129.16')
      );
    }
    if (/^\d/.test(term)) return within(ip, term);
    const tag = isPublic(ip) ? tagOf(text(ip))?.toLowerCase() : undefined;
    return (
      tag !== undefined &&
      (word === 'azurecloud' ||
        tag === word ||
        tag.startsWith(`${word}.`) ||
        (word.startsWith('azurecloud.') && tag.endsWith(word.slice(10))))
    );
  }
  const text = (ip: number): string => [24, 16, 8, 0].map((shift) => Math.floor(ip / 2 ** shift) % 256).join('.');
  const portIn = (ranges: readonly string[], port: number): boolean =>
    ranges.some(
      (range) => range === '*' || (Number(range.split('-')[0]) <= port && port <= Number(range.split('-')[1] ?? range)),
    );

  function nsg(
    id: string,
    direction: 'Inbound' | 'Outbound',
    p: Packet & { readonly from: number },
    place: Place,
    fault?: Fault,
  ): { readonly allow: boolean; readonly rule: string } {
    if (id === '') return { allow: true, rule: 'none' };
    const own = [...arr(props(byId.get(id)).securityRules)].filter((one) => props(one).direction === direction);
    own.sort(
      (a, b) => (fault === 'priority-upside-down' ? -1 : 1) * (Number(props(a).priority) - Number(props(b).priority)),
    );
    const either = (one: Json, property: string, plural: string) =>
      one[property] === undefined ? strs(one[plural]) : [String(one[property])];
    for (const rule of own) {
      const one = props(rule);
      if (one.protocol !== '*' && one.protocol !== p.protocol) continue;
      if (p.protocol !== 'Icmp' && !portIn(either(one, 'destinationPortRange', 'destinationPortRanges'), p.port))
        continue;
      if (
        !either(one, 'sourceAddressPrefix', 'sourceAddressPrefixes').some((term) =>
          matchesTag(term, p.from, place, fault),
        )
      )
        continue;
      if (
        !either(one, 'destinationAddressPrefix', 'destinationAddressPrefixes').some((term) =>
          matchesTag(term, num(p.dst), place, fault),
        )
      )
        continue;
      return { allow: one.access === 'Allow', rule: String(rule.name) };
    }
    const [src, dst] = [
      (term: string) => matchesTag(term, p.from, place, fault),
      (term: string) => matchesTag(term, num(p.dst), place, fault),
    ];
    if (src('VirtualNetwork') && dst('VirtualNetwork'))
      return { allow: true, rule: direction === 'Inbound' ? 'AllowVnetInBound' : 'AllowVnetOutBound' };
    if (direction === 'Inbound' && src('AzureLoadBalancer'))
      return { allow: true, rule: 'AllowAzureLoadBalancerInBound' };
    if (direction === 'Outbound' && dst('Internet')) return { allow: true, rule: 'AllowInternetOutBound' };
    return { allow: false, rule: direction === 'Inbound' ? 'DenyAllInBound' : 'DenyAllOutBound' };
  }
  function groups(
    place: Place,
    ip: number,
    direction: 'Inbound' | 'Outbound',
    p: Packet & { readonly from: number },
    fault?: Fault,
  ) {
    const card = ofType('networkinterfaces').find(
      (one) => num(String(props(arr(props(one).ipConfigurations)[0]).privateIPAddress)) === ip,
    );
    const ids = [refersTo(props(place.subnet).networkSecurityGroup)];
    if (card !== undefined && fault !== 'card-group-ignored') ids.push(refersTo(props(card).networkSecurityGroup));
    if (direction === 'Outbound') ids.reverse();
    let last = { allow: true, rule: 'none' };
    for (const id of ids) {
      last = nsg(id, direction, p, place, fault);
      if (!last.allow) return last;
    }
    return last;
  }

  function policies(fault?: Fault): readonly Json[] {
    const chain: Json[] = [];
    for (
      let next = byId.get(refersTo(props(fw).firewallPolicy));
      next !== undefined;
      next = byId.get(refersTo(props(next).basePolicy))
    )
      chain.push(next);
    return fault === 'child-policy-first' ? chain : chain.reverse();
  }
  function firewallRule(
    p: Packet,
    fault?: Fault,
  ): { readonly action: 'forward' | 'proxy' | 'deny'; readonly rule: string } {
    const types =
      fault === 'application-before-network' ? ['ApplicationRule', 'NetworkRule'] : ['NetworkRule', 'ApplicationRule'];
    for (const type of types) {
      for (const policy of policies(fault)) {
        const ruleGroups = resources.filter((one) => key(one).startsWith(`${key(policy)}/rulecollectiongroups/`));
        ruleGroups.sort((a, b) => Number(props(a).priority) - Number(props(b).priority));
        for (const group of ruleGroups) {
          for (const collection of [...arr(props(group).ruleCollections)].sort(
            (a, b) => Number(a.priority) - Number(b.priority),
          )) {
            for (const rule of arr(collection.rules)) {
              if (rule.ruleType !== type || !firewallMatch(rule, p)) continue;
              const name = `${String(group.name).split('/').pop()}/${String(collection.name)}/${String(rule.name)}`;
              if (obj(collection.action).type !== 'Allow') return { action: 'deny', rule: name };
              return { action: type === 'NetworkRule' ? 'forward' : 'proxy', rule: name };
            }
          }
        }
      }
    }
    return { action: 'deny', rule: '(default deny)' };
  }
  function firewallMatch(rule: Json, p: Packet): boolean {
    const grouped = (ids: unknown) => strs(ids).flatMap((id) => strs(props(byId.get(id.toLowerCase())).ipAddresses));
    const sources = [...strs(rule.sourceAddresses), ...grouped(rule.sourceIpGroups)];
    if (!sources.some((term) => matchesTag(term, num(p.src), fwPlace))) return false;
    if (rule.ruleType === 'ApplicationRule') {
      if (p.protocol !== 'Tcp' || p.name === undefined) return false;
      const name = p.name;
      if (!arr(rule.protocols).some((one) => Number(one.port) === p.port)) return false;
      return strs(rule.targetFqdns).some((wild) =>
        wild.startsWith('*') ? name.endsWith(wild.slice(1)) : name === wild,
      );
    }
    const protocols = strs(rule.ipProtocols).map((one) => one.toLowerCase());
    if (!protocols.includes('any') && !protocols.includes(p.protocol.toLowerCase())) return false;
    if (p.protocol !== 'Icmp' && !portIn(strs(rule.destinationPorts), p.port)) return false;
    const names = strs(rule.destinationFqdns);
    if (names.length > 0) return p.name !== undefined && names.includes(p.name);
    return [...strs(rule.destinationAddresses), ...grouped(rule.destinationIpGroups)].some((term) =>
      matchesTag(term, num(p.dst), fwPlace),
    );
  }
  function keepsSource(dst: number): boolean {
    const own = strs(obj(props(byId.get(refersTo(props(fw).firewallPolicy))).snat).privateRanges);
    return (own.length > 0 ? own : dropped).some((cidr) => within(dst, cidr));
  }

  function judge(p: Packet, fault?: Fault): Answer {
    const [src, dst] = [num(p.src), num(p.dst)];
    const denied = (rule: string): Answer => ({ outcome: 'denied', rule });
    const asSeen = (from: number) => ({ ...p, from });

    /** Into the network of the destination: `via` the firewall or not, with the source that the far side sees. */
    function deliver(here: Json, vnet: Json, via: boolean, seen: number, last: string): Answer {
      if (here !== vnet) {
        if (!linked(here, vnet, fault)) return denied('peering');
        if (!access(here, vnet, fault)) return denied('peering');
        const forwarded = via && !space(here).some((cidr) => within(seen, cidr));
        if (forwarded && fault !== 'forwarded-flag-ignored' && props(half(vnet, here)).allowForwardedTraffic !== true)
          return denied('peering');
      }
      const place = placeOf(dst);
      if (place === undefined || place.vnet !== vnet) return denied('(nothing is there)');
      if (place === fwPlace) {
        const answers =
          dst === fwIp &&
          p.port === 53 &&
          p.protocol !== 'Icmp' &&
          policies().some((one) => obj(props(one).dnsSettings).enableProxy === true);
        if (!answers) return denied('(default deny)');
        return reply(place, via, seen, '(DNS proxy)');
      }
      const inbound =
        fault === 'destination-group-ignored'
          ? { allow: true, rule: last }
          : groups(place, dst, 'Inbound', asSeen(seen), fault);
      if (!inbound.allow) return denied(inbound.rule);
      return reply(place, via, seen, inbound.rule);
    }
    function reply(place: Place, via: boolean, seen: number, rule: string): Answer {
      const allowed: Answer = { outcome: 'allowed', rule };
      const lost: Answer = { outcome: 'one-way', rule: 'return-path' };
      if (fault === 'return-path-ignored' || seen === num('168.63.129.16')) return allowed;
      const back = route(place, seen, fault);
      const home = placeOf(src);
      if (via && seen !== src) {
        if (back.hop === 'Vnet' ? back.vnet !== fwPlace.vnet : back.address !== fwIp) return lost;
      } else if (via) {
        if (back.hop !== 'VirtualAppliance' || back.address !== fwIp) return lost;
      } else if (home === undefined) return back.hop === 'Internet' ? allowed : lost;
      else return back.hop === 'Vnet' && back.vnet === home.vnet ? allowed : lost;
      const fromFirewall = route(fwPlace, src, fault);
      return fromFirewall.hop === 'Vnet' && fromFirewall.vnet === home?.vnet ? allowed : lost;
    }

    if (isPublic(src) || p.src === '168.63.129.16') {
      const place = placeOf(dst);
      if (place === undefined) return denied('(nothing is there)');
      if (place === fwPlace && isPublic(src)) return denied('(default deny)');
      return deliver(place.vnet, place.vnet, false, src, 'none');
    }
    const home = placeOf(src);
    if (home === undefined) return denied('(no subnet holds the source)');
    if (p.dst === '168.63.129.16') return { outcome: 'allowed', rule: '(platform address)' };
    const out = groups(home, src, 'Outbound', asSeen(src), fault);
    if (!out.allow) return denied(out.rule);
    const first = route(home, dst, fault);
    if (first.hop === 'None') return denied('None');
    if (first.hop === 'Internet')
      return isPublic(dst) ? { outcome: 'allowed', rule: out.rule } : denied('(nothing is there)');
    if (first.hop === 'Vnet') return deliver(home.vnet, first.vnet as Json, false, src, out.rule);
    if (first.address !== fwIp || home === fwPlace) return denied('invalid route');
    if (home.vnet !== fwPlace.vnet && !access(home.vnet, fwPlace.vnet, fault)) return denied('invalid route');
    // What is addressed to the firewall itself is its own to answer, whichever route brought it.
    if (dst === fwIp) return deliver(fwPlace.vnet, fwPlace.vnet, false, src, out.rule);
    const passed = firewallRule(p, fault);
    if (passed.action === 'deny') return denied(passed.rule);
    const translated = passed.action === 'proxy' || (fault !== 'source-always-kept' && !keepsSource(dst));
    const next = route(fwPlace, dst, fault);
    if (next.hop === 'None') return denied('None');
    // Any address of the firewall's subnet is a source; the generator's rules never split it.
    if (next.hop === 'Vnet')
      return deliver(fwPlace.vnet, next.vnet as Json, true, translated ? fwIp : src, passed.rule);
    if (!translated || !isPublic(dst)) return denied('(nothing is there)');
    const back = route(fwPlace, src, fault);
    return back.hop === 'Vnet' && back.vnet === home.vnet
      ? { outcome: 'allowed', rule: passed.rule }
      : { outcome: 'one-way', rule: 'return-path' };
  }
  return { judge };
}
