import { type AddressRange, parsePrefix } from '../../kernel/address.ts';
import type { Identity, Peer, PodTerm, Policy, PolicyRule, PortTerm } from '../../reachability/index.ts';
import { type Fields, fields, items, text, texts } from '../arm-view.ts';
import type { ObjectView, Seen } from './object-view.ts';
import { equalities } from './read-selector.ts';

const everyPort = { kind: 'protocols', protocols: [6] } as const;

/** The pods of a mesh object: its namespace's, or every namespace's where it stands in the root. */
export function meshSubject(object: Seen, root: string): PodTerm {
  const pods = equalities(fields(object.spec.selector).matchLabels);
  return {
    namespaces:
      object.namespace === root ? { kind: 'selected', selector: [] } : { kind: 'named', name: object.namespace },
    pods,
  };
}

/**
 * AuthorizationPolicy (Istio, security/v1): CUSTOM and DENY before ALLOW; where an ALLOW policy speaks for a workload, what none of them allows is denied.
 * Layer 4 and identities are exact; what is asked of requests (methods, paths, hosts, claims) is a condition that leaves the answer open.
 */
export function readAuthorizationPolicies(
  view: ObjectView,
  root: string,
  assume: (assumption: string) => void,
): readonly Policy[] {
  return view.of('security.istio.io', 'AuthorizationPolicy').flatMap((object): readonly Policy[] => {
    const action = text(object.spec.action) ?? 'ALLOW';
    if (action === 'AUDIT') return [];
    if (object.annotations['istio.io/dry-run'] === 'true') {
      assume(`${object.id} is a dry run: it is not enforced and not counted.`);
      return [];
    }
    if (object.spec.targetRef !== undefined || items(object.spec.targetRefs).length > 0) {
      assume(`${object.id} is for a gateway or a waypoint (targetRefs): what it denies there is not counted.`);
      return [];
    }
    const custom =
      action === 'CUSTOM'
        ? `the external authorizer ${text(fields(object.spec.provider).name) ?? ''}`.trim()
        : undefined;
    const rules = items(object.spec.rules).flatMap((value, index) =>
      readRule(fields(value), `rules[${index}]`, action === 'ALLOW' ? 'allow' : 'deny', custom, object.namespace),
    );
    return [
      {
        id: object.id,
        layer: 'authorization-policy',
        stage: 'mesh',
        priority: 0,
        subject: meshSubject(object, root),
        ingress: { isolates: action === 'ALLOW', rules },
      },
    ];
  });
}

function readRule(
  rule: Fields,
  name: string,
  effect: 'allow' | 'deny',
  custom: string | undefined,
  home: string,
): readonly PolicyRule[] {
  const when = items(rule.when).map((value) => readCondition(fields(value)));
  const identity = when.flatMap((one) => one.identity ?? []);
  const conditions = [...(custom === undefined ? [] : [custom]), ...when.flatMap((one) => one.dependsOn ?? [])];
  const limits = when.flatMap((one) => (one.ports === undefined ? [] : [one.ports]));
  const sources = items(rule.from).map((value) => readSource(fields(fields(value).source), home));
  const given = sources.length === 0 ? [{ identity: {} as Identity, dependsOn: [] as readonly string[] }] : sources;
  const operations = items(rule.to).map((value) => readOperation(fields(fields(value).operation)));
  const asked = operations.length === 0 ? [{ ports: undefined, dependsOn: [] as readonly string[] }] : operations;
  return given.flatMap((source) =>
    asked.flatMap((operation): readonly PolicyRule[] => {
      const all = [...conditions, ...source.dependsOn, ...operation.dependsOn];
      const identities = [source.identity, ...identity];
      const ports = limits.reduce<readonly PortTerm[] | undefined>(meetPorts, operation.ports);
      if (ports !== undefined && ports.length === 0) return [];
      const merged = identities.reduce(mergeIdentity, {});
      const peers: readonly Peer[] | undefined =
        Object.keys(merged).length === 0 ? undefined : [{ kind: 'identity', identity: merged }];
      return [
        {
          name,
          effect,
          peers,
          ports: ports ?? [everyPort],
          ...(all.length === 0 ? {} : { dependsOn: [...new Set(all)].join(' and ') }),
        },
      ];
    }),
  );
}

function ranges(value: unknown): readonly AddressRange[] {
  return texts(value).flatMap((one) => parsePrefix(one) ?? []);
}

function readSource(
  source: Fields,
  home: string,
): { readonly identity: Identity; readonly dependsOn: readonly string[] } {
  const list = <K extends string>(key: K, value: readonly string[] | readonly AddressRange[]) =>
    value.length === 0 ? {} : { [key]: value };
  // `serviceAccounts` are names in short: `namespace/name` of the principal.
  const accounts = texts(source.serviceAccounts).map((one) => principalOf(one, home));
  const notAccounts = texts(source.notServiceAccounts).map((one) => principalOf(one, home));
  const requested = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'].filter(
    (key) => items(source[key]).length > 0,
  );
  return {
    identity: {
      ...list('principals', [...texts(source.principals), ...accounts]),
      ...list('notPrincipals', [...texts(source.notPrincipals), ...notAccounts]),
      ...list('namespaces', texts(source.namespaces)),
      ...list('notNamespaces', texts(source.notNamespaces)),
      ...list('blocks', ranges(source.ipBlocks)),
      ...list('notBlocks', ranges(source.notIpBlocks)),
    },
    dependsOn: requested.map((key) => `${key} of the request`),
  };
}

function principalOf(account: string, home: string): string {
  const [namespace, name] = account.includes('/') ? account.split('/') : [home, account];
  return `cluster.local/ns/${namespace}/sa/${name}`;
}

/** Ports are layer 4; all else is a property of the request. */
function readOperation(operation: Fields): {
  readonly ports: readonly PortTerm[] | undefined;
  readonly dependsOn: readonly string[];
} {
  const asked = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'].filter(
    (key) => items(operation[key]).length > 0 && !texts(operation[key]).includes('*'),
  );
  const dependsOn = asked.map((key) => `${key} of the HTTP request (${texts(operation[key]).slice(0, 3).join(', ')})`);
  const listed = texts(operation.ports);
  const excluded = texts(operation.notPorts);
  const only = listed.length === 0 ? undefined : listed.map((one) => single(Number(one)));
  const ports = excluded.length === 0 ? only : meetPorts(only, without(excluded.map(Number)));
  return { ports, dependsOn };
}

function single(port: number): PortTerm {
  return { kind: 'numbers', protocols: [6], from: port, to: port };
}

function without(ports: readonly number[]): readonly PortTerm[] {
  const sorted = [...ports].sort((a, b) => a - b);
  const result: PortTerm[] = [];
  let from = 0;
  for (const port of [...sorted, 65536]) {
    if (from < port) result.push({ kind: 'numbers', protocols: [6], from, to: port - 1 });
    from = port + 1;
  }
  return result;
}

function meetPorts(a: readonly PortTerm[] | undefined, b: readonly PortTerm[]): readonly PortTerm[] {
  if (a === undefined) return b;
  return a.flatMap((one) =>
    b.flatMap((other): readonly PortTerm[] => {
      if (one.kind !== 'numbers' || other.kind !== 'numbers') return [];
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      return from <= to ? [{ kind: 'numbers', protocols: [6], from, to }] : [];
    }),
  );
}

interface Condition {
  readonly identity?: Identity;
  readonly ports?: readonly PortTerm[];
  readonly dependsOn?: string;
}

function readCondition(condition: Fields): Condition {
  const key = text(condition.key) ?? '';
  const [values, notValues] = [texts(condition.values), texts(condition.notValues)];
  const both = (yes: keyof Identity, no: keyof Identity, read: (list: readonly string[]) => unknown): Condition => ({
    identity: {
      ...(values.length > 0 ? { [yes]: read(values) } : {}),
      ...(notValues.length > 0 ? { [no]: read(notValues) } : {}),
    },
  });
  switch (key) {
    case 'source.principal':
      return both('principals', 'notPrincipals', (list) => list);
    case 'source.namespace':
      return both('namespaces', 'notNamespaces', (list) => list);
    case 'source.ip':
      return both('blocks', 'notBlocks', ranges);
    case 'destination.port':
      return {
        ports: meetPorts(
          values.length === 0 ? undefined : values.map((one) => single(Number(one))),
          without(notValues.map(Number)),
        ),
      };
    default:
      return { dependsOn: `${key} of the request` };
  }
}

/** Both must hold: lists of what must not be are joined; of two lists of what may be, what is in both cannot be told by texts alone. */
function mergeIdentity(a: Identity, b: Identity): Identity {
  const joined = <T>(one: readonly T[] | undefined, other: readonly T[] | undefined): readonly T[] | undefined =>
    one === undefined ? other : other === undefined ? one : [...one, ...other];
  const narrowed = (
    one: readonly string[] | undefined,
    other: readonly string[] | undefined,
  ): readonly string[] | undefined =>
    one === undefined || other === undefined ? (one ?? other) : one.filter((each) => other.includes(each));
  const entries = {
    principals: narrowed(a.principals, b.principals),
    namespaces: narrowed(a.namespaces, b.namespaces),
    notPrincipals: joined(a.notPrincipals, b.notPrincipals),
    notNamespaces: joined(a.notNamespaces, b.notNamespaces),
    blocks: a.blocks ?? b.blocks,
    notBlocks: joined(a.notBlocks, b.notBlocks),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
