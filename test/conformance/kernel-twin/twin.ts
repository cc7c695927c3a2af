import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type Json, list, record } from './arm-json.ts';
import { planTwin, type TwinPlan } from './build.ts';
import { close, enterNamespace, openNamespace } from './linux.ts';
import { type Probe, Prober } from './prober.ts';
import { readZone } from './zone.ts';

/** What the kernel showed of one probe. */
export interface Observation {
  /** Data came back to who asked: for TCP a whole handshake and a byte. */
  readonly answered: boolean;
  /** The first packet reached the host (or the firewall, or the internet). */
  readonly arrived: boolean;
  /** The firewall's namespace saw the request, and the reply. */
  readonly firewallSaw: { readonly request: boolean; readonly reply: boolean };
  /** `nsg/rule allow`, `group/collection/rule deny`: the rules that decided, in the order of the way. Names come from the kernel. */
  readonly decisions: readonly string[];
}

const sysctls: Readonly<Record<string, string>> = {
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
  'ipv4/conf/all/send_redirects': '0',
  'ipv4/conf/default/send_redirects': '0',
  'ipv4/tcp_max_syn_backlog': '65536',
  'core/somaxconn': '4096',
};

/** One zone as namespaces. Everything that it makes carries its prefix and goes with `end`. */
export class Twin {
  private readonly handles = new Map<string, number>();
  private readonly home = openNamespace('/proc/self/ns/net');
  private readonly holders = new Map<string, string>();
  private readonly plan: TwinPlan;
  private prober: Prober | undefined;

  constructor(resources: readonly Json[], outside: readonly string[], ports: readonly number[], prefix: string) {
    this.plan = planTwin(readZone(resources, outside), prefix);
    const { namespaces, links } = this.plan;
    runTool('ip', ['-batch', '-'], namespaces.map(({ name }) => `netns add ${name}`).join('\n'));
    for (const { name } of namespaces) this.handles.set(name, openNamespace(`/run/netns/${name}`));
    for (const { name, forwards } of namespaces) {
      this.inside(name, () => {
        for (const [file, value] of Object.entries(sysctls)) setting(file, value);
        setting('ipv4/ip_forward', forwards ? '1' : '0');
      });
    }
    runTool('ip', ['-batch', '-'], links.join('\n'));
    for (const { name, commands, filter, addresses } of namespaces) {
      this.inside(name, () => {
        runTool('ip', ['-batch', '-'], commands.join('\n'));
        if (filter !== undefined) {
          runTool('nft', ['-f', '-'], filter);
          // A packet from the middle of a connection that was never seen belongs to none.
          setting('netfilter/nf_conntrack_tcp_loose', '0');
        }
      });
      for (const address of addresses) this.holders.set(address, name);
    }
    this.prober = new Prober([...this.holders.keys()], ports, (address, work) =>
      this.inside(this.holder(address), work),
    );
  }

  private holder(address: string): string {
    const name = this.holders.get(address);
    if (name === undefined) throw new Error(`no host of the twin has ${address}`);
    return name;
  }

  private inside<T>(name: string, work: () => T): T {
    enterNamespace(this.handles.get(name) as number);
    try {
      return work();
    } finally {
      enterNamespace(this.home);
    }
  }

  /** Source ports must be fresh: a used one would ride on what connection tracking remembers. */
  probe(probes: readonly Probe[], patience: number): readonly Observation[] {
    const answered = this.prober?.run(probes, patience) ?? [];
    const decisions = new Map<string, { readonly stage: number; readonly text: string }[]>();
    const arrived = new Set<string>();
    const requests = new Set<string>();
    const replies = new Set<string>();
    for (const { name, filter } of this.plan.namespaces) {
      if (filter?.includes('set arrived') !== true) continue;
      const kept = this.inside(name, () => readLedger(runTool('nft', ['-n', '-j', 'list', 'ruleset'], '')));
      for (const flow of kept.arrived) arrived.add(flow);
      for (const [transport, from, to] of kept.seen) {
        requests.add(`${transport} ${from}`);
        replies.add(`${transport} ${to}`);
      }
      for (const { flow, comment } of kept.hits) {
        const [stage = '', ...text] = comment.split(' ');
        const found = decisions.get(flow) ?? [];
        decisions.set(flow, [...found, { stage: Number(stage), text: text.join(' ') }]);
      }
    }
    return probes.map(({ transport, sourcePort }, index) => {
      const flow = `${transport} ${sourcePort}`;
      const rules = [...(decisions.get(flow) ?? [])].sort((a, b) => a.stage - b.stage);
      return {
        answered: answered[index] === true,
        arrived: arrived.has(flow),
        firewallSaw: { request: requests.has(flow), reply: replies.has(flow) },
        decisions: rules.map(({ text }) => text),
      };
    });
  }

  end(): void {
    this.prober?.end();
    for (const fd of this.handles.values()) close(fd);
    close(this.home);
    runTool('ip', ['-batch', '-'], this.plan.namespaces.map(({ name }) => `netns del ${name}`).join('\n'));
  }
}

function setting(file: string, value: string): void {
  writeFileSync(`/proc/sys/net/${file}`, value);
}

function runTool(program: string, args: readonly string[], input: string): string {
  const done = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 60_000 });
  if (done.status === 0) return done.stdout;
  throw new Error(
    `${program} ${args.join(' ')}: ${done.error?.message ?? done.stderr.slice(0, 2000)}\n${input.slice(0, 2000)}`,
  );
}

interface Ledger {
  readonly hits: readonly { readonly flow: string; readonly comment: string }[];
  readonly arrived: readonly string[];
  readonly seen: readonly (readonly [transport: string, from: number, to: number])[];
}

const transports = new Map<unknown, string>([
  [6, 'tcp'],
  [17, 'udp'],
  ['tcp', 'tcp'],
  ['udp', 'udp'],
]);

/** The namespace's sets, and the comments of its rules by the number that they put down. */
function readLedger(text: string): Ledger {
  const entries = list(record(JSON.parse(text)).nftables);
  const comments = new Map<number, string>();
  for (const rule of entries.map((one) => record(one.rule))) {
    for (const statement of list(rule.expr)) {
      const { key, value } = record(statement.mangle);
      if (record(record(key).meta).key === 'mark') comments.set(Number(value), String(rule.comment));
    }
  }
  const elements = (name: string): readonly (readonly unknown[])[] =>
    entries
      .map((one) => record(one.set))
      .filter((set) => set.name === name)
      .flatMap((set) => list(set.elem))
      .map((element) => (record(element.elem).val === undefined ? element : record(record(element.elem).val)))
      .map((element) => (Array.isArray(element.concat) ? element.concat : []));
  const flowOf = ([transport, port]: readonly unknown[]): string => `${transports.get(transport)} ${String(port)}`;
  return {
    hits: elements('hits').map((parts) => {
      const comment = comments.get(Number(parts[2]));
      if (comment === undefined) throw new Error(`no rule puts down the number ${String(parts[2])}`);
      return { flow: flowOf(parts), comment };
    }),
    arrived: elements('arrived').map(flowOf),
    seen: elements('seen').map(
      (parts) => [transports.get(parts[0]) ?? '', Number(parts[1]), Number(parts[2])] as const,
    ),
  };
}
