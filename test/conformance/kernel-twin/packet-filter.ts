/** Text of nftables: what security groups and firewalls have in common. */

/** Where the kernel notes what it did with a flow: by protocol and source port, which no other flow has, and for rules their number. */
export const ledger = `
  set hits { type inet_proto . inet_service . mark; flags dynamic; size 65536; }
  set arrived { type inet_proto . inet_service; flags dynamic; size 65536; }`;

export const noteArrival = 'update @arrived { meta l4proto . th sport }';

/** Numbers rules and makes the sets that they match on; one a namespace. */
export class RuleWriter {
  private readonly sets: string[] = [];
  private rules = 0;

  /** ` ip saddr @s3`; nothing when the prefixes hold everything; undefined when there are none, so that nothing can match. */
  addresses(field: 'saddr' | 'daddr', prefixes: readonly string[]): string | undefined {
    if (prefixes.length === 0) return undefined;
    if (prefixes.some((one) => one === '*' || one === '0.0.0.0/0')) return '';
    return ` ip ${field} @${this.set('ipv4_addr', prefixes)}`;
  }

  ports(field: 'sport' | 'dport', ranges: readonly string[]): string {
    if (ranges.length === 0 || ranges.includes('*') || ranges.includes('0-65535')) return '';
    return ` th ${field} @${this.set('inet_service', ranges)}`;
  }

  private set(type: string, elements: readonly string[]): string {
    const name = `s${this.sets.length}`;
    this.sets.push(
      `  set ${name} { type ${type}; flags interval; auto-merge; elements = { ${[...new Set(elements)].join(', ')} }; }`,
    );
    return name;
  }

  /** A rule that notes that it decided, under a number; stage and name travel in the comment and are read back from the kernel. */
  rule(match: string, verdict: string, comment: string): string {
    this.rules += 1;
    const note = `meta mark set ${this.rules} update @hits { meta l4proto . th sport . meta mark }`;
    return `    meta l4proto { tcp, udp }${match} ${note} ${verdict} comment "${comment}"`;
  }

  text(chains: readonly string[]): string {
    return ['table inet twin {', ledger, ...this.sets, ...chains, '}', ''].join('\n');
  }
}

/** ` meta l4proto tcp`; undefined where none of the protocols is one that is probed. */
export function protocolMatch(names: readonly string[]): string | undefined {
  const known = names.map((name) => name.toLowerCase());
  if (known.includes('*') || known.includes('any')) return '';
  const probed = known.filter((name) => name === 'tcp' || name === 'udp');
  return probed.length === 0 ? undefined : ` meta l4proto { ${probed.join(', ')} }`;
}
