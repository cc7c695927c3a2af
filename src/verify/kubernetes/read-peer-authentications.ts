import { matchSelector, type Policy, type PolicyRule, type PortTerm, type Workload } from '../../reachability/index.ts';
import { fields, text } from '../arm-view.ts';
import type { ObjectView, Seen } from './object-view.ts';
import { equalities } from './read-selector.ts';

type Mode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** What a workload asks of who connects: a mode for all its ports, others for some. */
interface Asked {
  readonly mode: Mode;
  readonly ports: ReadonlyMap<number, Mode>;
  readonly by: string;
}

/**
 * PeerAuthentication: a workload's own before its namespace's before the mesh's; UNSET inherits; without any, both plain text and mTLS are taken. Where it is
 * strict, who has no proxy of the mesh does not get in.
 */
export function readPeerAuthentications(
  view: ObjectView,
  root: string,
  workloads: readonly Workload[],
  assume: (assumption: string) => void,
): { readonly policies: readonly Policy[]; readonly workloads: readonly Workload[] } {
  const all = [...view.of('security.istio.io', 'PeerAuthentication')].sort(
    (a, b) => age(a) - age(b) || (a.name < b.name ? -1 : 1),
  );
  const selector = (one: Seen) => equalities(fields(one.spec.selector).matchLabels);
  const askedOf = (workload: Workload): Asked => {
    // Of several for the same workloads the oldest counts; with a selector in the root namespace none does.
    const own = all.find(
      (one) =>
        one.namespace === workload.namespace &&
        one.namespace !== root &&
        selector(one).length > 0 &&
        matchSelector(selector(one), workload.labels) === 'yes',
    );
    const ofNamespace = all.find((one) => one.namespace === workload.namespace && selector(one).length === 0);
    const ofMesh = all.find((one) => one.namespace === root && selector(one).length === 0);
    const chain = [own, ofNamespace, ofMesh].flatMap((one) => one ?? []);
    const deciding = chain.find((one) => modeOf(one.spec.mtls) !== undefined);
    const mode = modeOf(deciding?.spec.mtls) ?? 'PERMISSIVE';
    const ports = new Map<number, Mode>();
    for (const [port, value] of Object.entries(fields(own?.spec.portLevelMtls)))
      ports.set(Number(port), modeOf(value) ?? mode);
    return { mode, ports, by: (ports.size > 0 ? own?.id : undefined) ?? deciding?.id ?? '' };
  };

  const groups = new Map<string, Asked>();
  const marked = workloads.map((workload) => {
    if (workload.mesh === 'no') return workload;
    const asked = askedOf(workload);
    const key = `${asked.by} ${asked.mode} ${[...asked.ports].map(([port, mode]) => `${port}=${mode}`).join()}`;
    if (strictPorts(asked).length === 0) return workload;
    groups.set(key, asked);
    return { ...workload, mtls: key };
  });
  const disabled = all.filter((one) => modeOf(one.spec.mtls) === 'DISABLE').map((one) => one.id);
  if (disabled.length > 0)
    assume(`mTLS is off by ${disabled.join(', ')}: rules by identity match nobody there, which is not counted.`);
  return {
    workloads: marked,
    policies: [...groups].map(([key, asked]): Policy => {
      const rule: PolicyRule = {
        name: '(mTLS is required)',
        effect: 'deny',
        peers: [{ kind: 'identity', identity: { inMesh: false } }],
        ports: strictPorts(asked),
      };
      return {
        id: asked.by,
        layer: 'peer-authentication',
        stage: 'mesh',
        priority: 0,
        subject: {
          namespaces: { kind: 'selected', selector: [] },
          pods: [{ key: '(mtls)', operator: 'In', values: [key] }],
        },
        ingress: { isolates: false, rules: [rule] },
      };
    }),
  };
}

function age(object: Seen): number {
  const created = text(fields(object.whole.metadata).creationTimestamp);
  const time = created === undefined ? Number.NaN : Date.parse(created);
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
}

function modeOf(value: unknown): Mode | undefined {
  const mode = text(fields(value).mode);
  return mode === 'STRICT' || mode === 'PERMISSIVE' || mode === 'DISABLE' ? mode : undefined;
}

/** The ports on which only mTLS is taken. */
function strictPorts({ mode, ports }: Asked): readonly PortTerm[] {
  const range = (from: number, to: number): readonly PortTerm[] =>
    from > to ? [] : [{ kind: 'numbers', protocols: [6], from, to }];
  if (mode !== 'STRICT') return [...ports].flatMap(([port, own]) => (own === 'STRICT' ? range(port, port) : []));
  const loose = [...ports].flatMap(([port, own]) => (own === 'STRICT' ? [] : [port])).sort((a, b) => a - b);
  const result: PortTerm[] = [];
  let from = 0;
  for (const port of loose) {
    result.push(...range(from, port - 1));
    from = port + 1;
  }
  return [...result, ...range(from, 65535)];
}
