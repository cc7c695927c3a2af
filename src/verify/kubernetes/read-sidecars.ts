import { parsePrefix } from '../../kernel/address.ts';
import type { NamePattern, Peer, PodTerm, Policy, PolicyRule, PortTerm, Service } from '../../reachability/index.ts';
import { fields, items, text, texts } from '../arm-view.ts';
import type { ObjectView, Seen } from './object-view.ts';
import { equalities } from './read-selector.ts';

/** What a mesh's own configuration says, as far as reachability goes. */
export interface MeshConfig {
  /** The namespace whose objects are for all others. */
  readonly root: string;
  readonly registryOnly: boolean;
}

/** Somebody whom pods may call: a service of the cluster, or a ServiceEntry for what is outside. */
interface Callee {
  readonly namespace: string;
  readonly hosts: readonly string[];
  readonly everywhere: boolean;
  rule(): PolicyRule;
}

/**
 * Where a mesh lets pods call registered services only (REGISTRY_ONLY), the Sidecars and ServiceEntries that say which. It holds for what a pod sends through its own
 * proxy: a pod that bypasses it is not stopped, so what is not registered is left open, not denied.
 */
export function readSidecars(
  view: ObjectView,
  { root, registryOnly }: MeshConfig,
  services: readonly Service[],
  assume: (assumption: string) => void,
): readonly Policy[] {
  const callees = [...services.flatMap(fromService), ...view.of('networking.istio.io', 'ServiceEntry').map(fromEntry)];
  const sidecars = view.of('networking.istio.io', 'Sidecar');
  const policies: Policy[] = [];
  for (const sidecar of sidecars) {
    const mode = text(fields(sidecar.spec.outboundTrafficPolicy).mode);
    if (mode === undefined ? !registryOnly : mode !== 'REGISTRY_ONLY') continue;
    const hosts = items(sidecar.spec.egress).flatMap((item) => texts(fields(item).hosts));
    const labels = equalities(fields(sidecar.spec.workloadSelector).labels);
    policies.push(
      policyOf(
        sidecar.id,
        subjectOf(sidecar, labels, root),
        sidecar.namespace,
        hosts.length === 0 ? ['*/*'] : hosts,
        callees,
      ),
    );
  }
  if (registryOnly && sidecars.length === 0) {
    const everywhere: PodTerm = { namespaces: { kind: 'selected', selector: [] }, pods: [] };
    policies.push(policyOf(`MeshConfig ${root}`, everywhere, root, ['*/*'], callees));
  }
  if (policies.length > 0)
    assume(
      'What the mesh lets pods call (REGISTRY_ONLY) binds pods that send through their own proxy: it narrows nothing for a pod that does not.',
    );
  return policies;
}

function subjectOf(sidecar: Seen, pods: PodTerm['pods'], root: string): PodTerm {
  return {
    namespaces:
      sidecar.namespace === root ? { kind: 'selected', selector: [] } : { kind: 'named', name: sidecar.namespace },
    pods,
  };
}

function policyOf(
  id: string,
  subject: PodTerm,
  home: string,
  hosts: readonly string[],
  callees: readonly Callee[],
): Policy {
  const visible = callees.filter((one) => {
    if (!one.everywhere && one.namespace !== home) return false;
    return hosts.some((pattern) => {
      const [where = '', what = ''] = pattern.split('/');
      const there = where === '*' || (where === '.' ? one.namespace === home : where === one.namespace);
      return there && one.hosts.some((host) => hostMatches(what, host));
    });
  });
  return {
    id,
    layer: 'sidecar',
    stage: 'mesh',
    priority: 0,
    subject,
    egress: {
      isolates: true,
      isolatesOnlyIf: 'the pod sends through its own proxy',
      rules: visible.map((one) => one.rule()),
    },
  };
}

function hostMatches(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === host) return true;
  return pattern.startsWith('*') && host.endsWith(pattern.slice(1));
}

function fromService(service: Service): readonly Callee[] {
  const { namespace, name, selector } = service;
  if (selector === undefined) return [];
  const ports = service.ports.map(
    (port): PortTerm =>
      typeof port.target === 'number'
        ? { kind: 'numbers', protocols: [port.protocol], from: port.target, to: port.target }
        : { kind: 'named', protocols: [port.protocol], name: port.target },
  );
  const term: PodTerm = { namespaces: { kind: 'named', name: namespace }, pods: selector };
  return [
    {
      namespace,
      hosts: [`${name}.${namespace}.svc.cluster.local`],
      everywhere: true,
      rule: () => ({ name: `Service ${namespace}/${name}`, effect: 'allow', peers: [{ kind: 'pods', term }], ports }),
    },
  ];
}

function fromEntry(entry: Seen): Callee {
  const hosts = texts(entry.spec.hosts).map((one) => one.toLowerCase());
  const exported = texts(entry.spec.exportTo);
  const ports = items(entry.spec.ports).flatMap((item): readonly PortTerm[] => {
    const number = Number(fields(item).number);
    return Number.isInteger(number) ? [{ kind: 'numbers', protocols: [6], from: number, to: number }] : [];
  });
  const patterns = hosts.map((pattern): NamePattern => ({ pattern, depth: 'many' }));
  const blocks = texts(entry.spec.addresses).flatMap((one): readonly Peer[] => {
    const range = parsePrefix(one);
    return range === undefined ? [] : [{ kind: 'block', range, except: [], inside: 'no' }];
  });
  return {
    namespace: entry.namespace,
    hosts,
    everywhere: exported.length === 0 || exported.includes('*'),
    rule: () => ({
      name: entry.id,
      effect: 'allow',
      peers: [...(patterns.length === 0 ? [] : [{ kind: 'names' as const, patterns, resolved: false }]), ...blocks],
      ports: ports.length === 0 ? undefined : ports,
    }),
  };
}
