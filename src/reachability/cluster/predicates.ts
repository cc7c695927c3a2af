import type { AddressRange } from '../../kernel/address.ts';
import { type Intervals, intersects, subtract } from '../intervals.ts';
import { and, type Labels, matchSelector, type Selector, type Truth } from './labels.ts';
import type { ClusterModel, Identity, Namespace, NamespaceTerm, Peer, PodTerm, Workload } from './model.ts';

/** Something that policies ask about the other side: which workloads it holds for, and which addresses. */
export interface Predicate {
  readonly ofWorkloads: readonly (readonly [workload: number, truth: 'yes' | 'open'])[];
  ofAddresses(atom: Atom): Truth;
}

/** Addresses that every policy treats alike. */
export interface Atom {
  readonly coordinates: Intervals;
  /** Lies where the state says that pods live, or nodes. */
  readonly holder: 'pods' | 'nodes' | 'outside';
}

/** Look-ups over the workloads of a model, and what each thing that is asked of them comes to: worked out once. */
export interface PredicateTable {
  ofPods(term: PodTerm): Predicate;
  /** Undefined for peers that are no question of who: host names. */
  ofPeer(peer: Exclude<Peer, { kind: 'names' }>): Predicate;
  /** All address sets that were spoken of: atoms must not cross their borders. */
  readonly blocks: readonly Intervals[];
}

/** Labels of a workload, and what is asked about as if it were one: no Kubernetes label has such a key. */
function attributes({ labels, serviceAccount, mtls }: Workload): Labels {
  const more = { 'io.cilium.k8s.policy.serviceaccount': serviceAccount };
  return mtls === undefined ? { ...labels, ...more } : { ...labels, ...more, '(mtls)': mtls };
}

export function isNode(model: ClusterModel, workload: Workload): boolean {
  return workload.hostNetwork && model.hostNetworkPods === 'as-node';
}

export function predicateTable(
  model: ClusterModel,
  rangeSet: (range: AddressRange) => Intervals,
  /** Whatever address a pod may have (IPv4: clusters without are not modelled). */
  everyAddress: Intervals,
  placeSet: (workload: Workload) => Intervals | undefined,
): PredicateTable {
  const byNamespace = new Map<string, number[]>();
  const byLabel = new Map<string, number[]>();
  const put = (index: Map<string, number[]>, key: string, workload: number): void => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [workload]);
    else list.push(workload);
  };
  const labels = model.workloads.map(attributes);
  model.workloads.forEach((workload, position) => {
    put(byNamespace, workload.namespace, position);
    for (const [key, value] of Object.entries(labels[position] ?? {})) put(byLabel, `${key}=${value}`, position);
  });
  const namespaces = new Map<string, Namespace>(model.namespaces.map((one) => [one.name, one]));
  const blocks: Intervals[] = [];
  const memo = new Map<string, Predicate>();
  const once = (key: string, make: () => Predicate): Predicate => {
    const found = memo.get(key) ?? make();
    memo.set(key, found);
    return found;
  };

  const namespaceTruths = new Map<string, ReadonlyMap<string, Truth>>();
  function truthsOf(term: NamespaceTerm): ReadonlyMap<string, Truth> {
    if (term.kind === 'named') return new Map([[term.name, 'yes']]);
    const key = JSON.stringify(term.selector);
    const found =
      namespaceTruths.get(key) ??
      new Map([...namespaces.values()].map((one) => [one.name, matchSelector(term.selector, one.labels, one.known)]));
    namespaceTruths.set(key, found);
    return found;
  }

  /** Workloads that a selector can hold for at all: by the rarest label that it asks for. */
  function candidates(selector: Selector, among: ReadonlyMap<string, Truth>): Iterable<number> {
    let best: readonly number[] | undefined;
    for (const { key, operator, values } of selector) {
      if (operator !== 'In') continue;
      const found = values.flatMap((value) => byLabel.get(`${key}=${value}`) ?? []);
      if (best === undefined || found.length < best.length) best = found;
    }
    const inNamespaces = [...among].filter(([, truth]) => truth !== 'no').map(([name]) => byNamespace.get(name) ?? []);
    const size = inNamespaces.reduce((sum, list) => sum + list.length, 0);
    return best !== undefined && best.length <= size ? best : inNamespaces.flat();
  }

  function selected(term: PodTerm): readonly (readonly [number, 'yes' | 'open'])[] {
    const among = truthsOf(term.namespaces);
    const result: [number, 'yes' | 'open'][] = [];
    for (const position of candidates(term.pods, among)) {
      const workload = model.workloads[position] as Workload;
      if (isNode(model, workload) || (term.neverNodes === true && workload.hostNetwork)) continue;
      const truth = and(among.get(workload.namespace) ?? 'no', matchSelector(term.pods, labels[position] ?? {}));
      if (truth !== 'no') result.push([position, truth]);
    }
    return result;
  }

  const ofPods = (term: PodTerm): Predicate =>
    once(`pods ${JSON.stringify(term)}`, () => ({
      ofWorkloads: selected(term),
      // Which pod an address belongs to is not told: any that lives there.
      ofAddresses: ({ holder }) => (holder === 'pods' ? 'open' : 'no'),
    }));

  function everyWorkload(truthOf: (workload: Workload) => Truth): Predicate['ofWorkloads'] {
    return model.workloads.flatMap((workload, position) => {
      const truth = truthOf(workload);
      return truth === 'no' ? [] : [[position, truth] as const];
    });
  }

  /** Whether a workload's address lies in a set: open where it may or may not. */
  function addressIn(workload: Workload, set: Intervals): Truth {
    const place = placeSet(workload) ?? everyAddress;
    if (subtract(place, set).length === 0) return 'yes';
    return intersects(place, set) ? 'open' : 'no';
  }

  function blockSet(range: AddressRange, except: readonly AddressRange[]): Intervals {
    const set = except.reduce<Intervals>((left, one) => subtract(left, rangeSet(one)), rangeSet(range));
    blocks.push(set);
    return set;
  }

  function ofIdentity(identity: Identity): Predicate {
    const inside = (identity.blocks ?? []).map((range) => blockSet(range, []));
    const outside = (identity.notBlocks ?? []).map((range) => blockSet(range, []));
    const anyOf = (truths: readonly Truth[]): Truth =>
      truths.includes('yes') ? 'yes' : truths.includes('open') ? 'open' : 'no';
    const byAddress = (truthOf: (set: Intervals) => Truth): Truth =>
      and(
        inside.length === 0 ? 'yes' : anyOf(inside.map(truthOf)),
        outside.length === 0 ? 'yes' : not(anyOf(outside.map(truthOf))),
      );
    return {
      ofWorkloads: everyWorkload((workload) =>
        and(
          identityTruth(identity, workload),
          byAddress((set) => addressIn(workload, set)),
        ),
      ),
      ofAddresses: ({ coordinates, holder }) => {
        const who = holder === 'pods' && asksForIdentity(identity) ? 'open' : identityTruth(identity, undefined);
        return and(
          who,
          byAddress((set) => (intersects(coordinates, set) ? 'yes' : 'no')),
        );
      },
    };
  }

  return {
    ofPods,
    blocks,
    ofPeer(peer) {
      switch (peer.kind) {
        case 'pods':
          return ofPods(peer.term);
        case 'block':
          return once(`block ${textOf(peer.range)} ${peer.except.map(textOf).join()} ${peer.inside}`, () => {
            const set = blockSet(peer.range, peer.except);
            const limit = (truth: Truth): Truth => (peer.inside === 'yes' ? truth : and(truth, peer.inside));
            return {
              ofWorkloads: peer.inside === 'no' ? [] : everyWorkload((workload) => limit(addressIn(workload, set))),
              ofAddresses: ({ coordinates, holder }) => {
                const truth: Truth = intersects(coordinates, set) ? 'yes' : 'no';
                return holder === 'outside' ? truth : limit(truth);
              },
            };
          });
        case 'nodes':
          return once(`nodes ${peer.sure}`, () => ({
            ofWorkloads: everyWorkload((one) => (isNode(model, one) ? (peer.sure ? 'yes' : 'open') : 'no')),
            ofAddresses: ({ holder }) => (holder === 'nodes' ? (peer.sure ? 'yes' : 'open') : 'no'),
          }));
        case 'outside':
          return once('outside', () => ({
            ofWorkloads: [],
            ofAddresses: ({ holder }) => (holder === 'outside' ? 'yes' : 'no'),
          }));
        case 'addresses':
          return once('addresses', () => ({
            ofWorkloads: everyWorkload((one) => (isNode(model, one) ? 'open' : 'no')),
            ofAddresses: () => 'open',
          }));
        case 'identity':
          return once(
            `identity ${JSON.stringify(peer.identity, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
            () => ofIdentity(peer.identity),
          );
        case 'unknown':
          return once('unknown', () => ({ ofWorkloads: everyWorkload(() => 'open'), ofAddresses: () => 'open' }));
      }
    },
  };
}

function textOf(range: AddressRange): string {
  return `${range.family}/${range.first}/${range.last}`;
}

function not(truth: Truth): Truth {
  return truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'open';
}

function asksForIdentity(identity: Identity): boolean {
  const { inMesh, principals, notPrincipals, namespaces, notNamespaces } = identity;
  return [inMesh, principals, notPrincipals, namespaces, notNamespaces].some((one) => one !== undefined);
}

/** `*`, `prefix*`, `*suffix` or exact: how the mesh compares texts. */
export function textMatches(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** Who is at the other side, as its certificate says; without a proxy there is none. */
function identityTruth(identity: Identity, workload: Workload | undefined): Truth {
  const withProxy = (proxied: boolean): boolean => {
    const sure = workload !== undefined && proxied;
    const principal = sure ? `cluster.local/ns/${workload.namespace}/sa/${workload.serviceAccount}` : '';
    const namespace = sure ? workload.namespace : '';
    const among = (patterns: readonly string[] | undefined, text: string, when: boolean): boolean =>
      patterns === undefined || patterns.some((pattern) => textMatches(pattern, text)) === when;
    return (
      (identity.inMesh === undefined || identity.inMesh === sure) &&
      among(identity.principals, principal, true) &&
      among(identity.notPrincipals, principal, false) &&
      among(identity.namespaces, namespace, true) &&
      among(identity.notNamespaces, namespace, false)
    );
  };
  if (workload?.mesh !== 'open') return withProxy(workload?.mesh === 'yes') ? 'yes' : 'no';
  const [one, other] = [withProxy(true), withProxy(false)];
  return one === other ? (one ? 'yes' : 'no') : 'open';
}
