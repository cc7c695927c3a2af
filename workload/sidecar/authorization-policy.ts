import {
  type Fields,
  fieldsOf,
  type KubernetesObject,
  listOf,
  ManifestError,
  onlyFields,
  textOf,
  textsOf,
} from './objects.ts';
import type { Pod } from './pods.ts';
import { type Selector, selectorOf } from './selector.ts';

/** What a request shows of itself. */
export interface RequestFacts {
  /** The caller's SPIFFE identity from its certificate; undefined without mutual TLS. */
  readonly identity: string | undefined;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  /** The port of the pod. */
  readonly port: number;
}

/** One AuthorizationPolicy (security.istio.io/v1). */
export interface AuthorizationPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly selects: Selector;
  readonly action: 'ALLOW' | 'DENY';
  readonly rules: readonly Condition[];
}
type Condition = (request: RequestFacts) => boolean;

/** @throws ManifestError for what is not enforced here: `when`, JWT principals, address blocks, CUSTOM, AUDIT, `targetRefs` */
export function authorizationPoliciesOf(objects: readonly KubernetesObject[]): readonly AuthorizationPolicy[] {
  return objects
    .filter((one) => one.kind === 'AuthorizationPolicy' && one.apiVersion.startsWith('security.istio.io/'))
    .map((object) => {
      const { place } = object;
      const spec = fieldsOf(object.body.spec ?? {}, place, 'spec');
      onlyFields(spec, ['selector', 'action', 'rules'], place, 'spec');
      const action = spec.action === undefined ? 'ALLOW' : textOf(spec.action, place, 'spec.action');
      if (action !== 'ALLOW' && action !== 'DENY') {
        throw new ManifestError(place, `spec.action ${action} is not enforced by this sidecar.`);
      }
      return {
        name: object.name,
        namespace: object.namespace,
        selects: selectorOf(spec.selector, place, 'spec.selector'),
        action,
        rules: listOf(spec.rules ?? [], place, 'spec.rules').map((rule, index) =>
          ruleOf(fieldsOf(rule, place, `spec.rules[${index}]`), place, `spec.rules[${index}]`),
        ),
      };
    });
}

function ruleOf(rule: Fields, place: string, path: string): Condition {
  onlyFields(rule, ['from', 'to'], place, path);
  const from = listOf(rule.from ?? [], place, `${path}.from`).map((one, index) => {
    const at = `${path}.from[${index}]`;
    const entry = fieldsOf(one, place, at);
    onlyFields(entry, ['source'], place, at);
    return sourceOf(fieldsOf(entry.source, place, `${at}.source`), place, `${at}.source`);
  });
  const to = listOf(rule.to ?? [], place, `${path}.to`).map((one, index) => {
    const at = `${path}.to[${index}]`;
    const entry = fieldsOf(one, place, at);
    onlyFields(entry, ['operation'], place, at);
    return operationOf(fieldsOf(entry.operation, place, `${at}.operation`), place, `${at}.operation`);
  });
  // Entries of a list are alternatives; a list that is absent asks nothing.
  return (request) =>
    (from.length === 0 || from.some((matches) => matches(request))) &&
    (to.length === 0 || to.some((matches) => matches(request)));
}

function sourceOf(source: Fields, place: string, path: string): Condition {
  onlyFields(source, ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'], place, path);
  return allOf([
    listed(source.principals, principalOf, true, place, `${path}.principals`),
    listed(source.notPrincipals, principalOf, false, place, `${path}.notPrincipals`),
    listed(source.namespaces, namespaceOf, true, place, `${path}.namespaces`),
    listed(source.notNamespaces, namespaceOf, false, place, `${path}.notNamespaces`),
  ]);
}

function operationOf(operation: Fields, place: string, path: string): Condition {
  onlyFields(
    operation,
    ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts', 'ports', 'notPorts'],
    place,
    path,
  );
  const field = (name: string, read: (request: RequestFacts) => string, isWanted: boolean): Condition | undefined =>
    listed(operation[name], read, isWanted, place, `${path}.${name}`);
  return allOf([
    field('methods', (request) => request.method, true),
    field('notMethods', (request) => request.method, false),
    field('paths', (request) => request.path, true),
    field('notPaths', (request) => request.path, false),
    field('hosts', (request) => request.host.toLowerCase(), true),
    field('notHosts', (request) => request.host.toLowerCase(), false),
    field('ports', (request) => String(request.port), true),
    field('notPorts', (request) => String(request.port), false),
  ]);
}

/** Istio leaves the scheme out: `cluster.local/ns/<namespace>/sa/<account>`. */
const principalOf = (request: RequestFacts): string | undefined => request.identity?.replace('spiffe://', '');
const namespaceOf = (request: RequestFacts): string | undefined =>
  /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\//.exec(request.identity ?? '')?.[1];

const allOf =
  (conditions: readonly (Condition | undefined)[]): Condition =>
  (request) =>
    conditions.every((one) => one === undefined || one(request));

/** A list of patterns: exact, `prefix*`, `*suffix`, or `*` for anything that is there. */
function listed(
  value: unknown,
  read: (request: RequestFacts) => string | undefined,
  isWanted: boolean,
  place: string,
  path: string,
): Condition | undefined {
  if (value === undefined) return undefined;
  const patterns = textsOf(value, place, path);
  const odd = patterns.find((one) => one.includes('{') || one.slice(1, -1).includes('*'));
  if (odd !== undefined) throw new ManifestError(place, `${path}: the pattern ${odd} is not enforced by this sidecar.`);
  return (request) => {
    const found = read(request);
    const isListed = found !== undefined && patterns.some((one) => matchesPattern(one, found));
    return isListed === isWanted;
  };
}

function matchesPattern(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return text === pattern;
}

/** The namespace whose policies hold for the whole mesh: the add-on's. */
export const meshRootNamespace = 'aks-istio-system';

/**
 * May the request be answered by this pod? A DENY policy that matches refuses; with no ALLOW policy for the pod everything else is
 * allowed; otherwise one of them must match (istio.io, "Authorization Policy", evaluation).
 */
export function isAuthorized(policies: readonly AuthorizationPolicy[], pod: Pod, request: RequestFacts): boolean {
  const governing = policies.filter(
    (one) => (one.namespace === pod.namespace || one.namespace === meshRootNamespace) && one.selects(pod.labels),
  );
  const matching = (action: 'ALLOW' | 'DENY'): boolean =>
    governing.some((one) => one.action === action && one.rules.some((matches) => matches(request)));
  if (matching('DENY')) return false;
  return !governing.some((one) => one.action === 'ALLOW') || matching('ALLOW');
}
