import { describe, expect, test } from 'vitest';
import { isAuthorized, type RequestFacts } from './authorization-policy.ts';
import { findPod } from './cluster.ts';
import { tlsModeOf } from './peer-authentication.ts';
import { clusterFrom, deployment, namespace } from './test-cluster.ts';

/** Expected values: istio.io reference, "Authorization Policy" (evaluation order, matching) and "PeerAuthentication". */
const base = [namespace('aks-istio-system'), namespace('one'), deployment('one', 'a', { app: 'a' })];
const object = (kind: string, inNamespace: string, name: string, spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${inNamespace}}\nspec: ${spec}\n`;
const policy = (inNamespace: string, name: string, spec: string): string =>
  object('AuthorizationPolicy', inNamespace, name, spec);

const request: RequestFacts = {
  identity: 'spiffe://cluster.local/ns/two/sa/caller',
  method: 'GET',
  path: '/URLCaller/depth/3',
  host: 'a.one',
  port: 8080,
};
function authorized(policies: readonly string[], change: Partial<RequestFacts> = {}): boolean {
  const cluster = clusterFrom(...base, ...policies);
  return isAuthorized(cluster.authorizationPolicies, findPod(cluster, 'one', 'a'), { ...request, ...change });
}
const allow = (rules: string): string => policy('one', 'allow', `{rules: ${rules}}`);

describe('evaluation', () => {
  test('without policies everything is allowed', () => expect(authorized([])).toBe(true));
  test('an ALLOW policy without rules allows nothing', () =>
    expect(authorized([policy('one', 'none', '{}')])).toBe(false));
  test('a rule without conditions allows everything', () => expect(authorized([allow('[{}]')])).toBe(true));
  test('the root namespace governs every namespace', () => {
    expect(authorized([policy('aks-istio-system', 'none', '{}')])).toBe(false);
    expect(authorized([policy('aks-istio-system', 'none', '{}'), allow('[{}]')])).toBe(true);
  });
  test('DENY comes before ALLOW', () => {
    expect(
      authorized([
        allow('[{}]'),
        policy('one', 'deny', '{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}'),
      ]),
    ).toBe(false);
  });
  test('a DENY policy without rules denies nothing', () => {
    expect(authorized([policy('one', 'deny', '{action: DENY}')])).toBe(true);
  });
  test('a selector that does not fit does not govern', () => {
    expect(authorized([policy('one', 'other', '{selector: {matchLabels: {app: b}}}')])).toBe(true);
  });
});

describe('matching', () => {
  test.each<[string, string, Partial<RequestFacts>, boolean]>([
    ['principal, exact', '[{from: [{source: {principals: [cluster.local/ns/two/sa/caller]}}]}]', {}, true],
    ['principal of another', '[{from: [{source: {principals: [cluster.local/ns/two/sa/other]}}]}]', {}, false],
    ['principal, suffix', '[{from: [{source: {principals: ["*/sa/caller"]}}]}]', {}, true],
    ['principal, present', '[{from: [{source: {principals: ["*"]}}]}]', {}, true],
    ['principal without mutual TLS', '[{from: [{source: {principals: ["*"]}}]}]', { identity: undefined }, false],
    ['not that principal', '[{from: [{source: {notPrincipals: [cluster.local/ns/two/sa/caller]}}]}]', {}, false],
    ['namespace', '[{from: [{source: {namespaces: [two]}}]}]', {}, true],
    ['not that namespace', '[{from: [{source: {notNamespaces: [two]}}]}]', {}, false],
    ['fields of a source all hold', '[{from: [{source: {namespaces: [two], principals: [nobody]}}]}]', {}, false],
    [
      'sources are alternatives',
      '[{from: [{source: {principals: [nobody]}}, {source: {namespaces: [two]}}]}]',
      {},
      true,
    ],
    [
      'from and to both hold',
      '[{from: [{source: {namespaces: [two]}}], to: [{operation: {methods: [POST]}}]}]',
      {},
      false,
    ],
    ['path, prefix', '[{to: [{operation: {paths: [/URLCaller/depth/*]}}]}]', {}, true],
    ['path, prefix, another', '[{to: [{operation: {paths: [/URLCaller/depth/*]}}]}]', { path: '/' }, false],
    ['path, exact', '[{to: [{operation: {paths: [/]}}]}]', { path: '/' }, true],
    ['not that path', '[{to: [{operation: {notPaths: [/URLCaller/*]}}]}]', {}, false],
    ['port', '[{to: [{operation: {ports: ["8080"]}}]}]', {}, true],
    ['another port', '[{to: [{operation: {ports: ["8081"]}}]}]', {}, false],
    ['host, in any case', '[{to: [{operation: {hosts: [a.one]}}]}]', { host: 'A.ONE' }, true],
  ])('%s', (_name, rules, change, expected) => {
    expect(authorized([allow(rules)], change)).toBe(expected);
  });

  test.each([
    ['{rules: [{when: [{key: request.headers}]}]}', 'when is not enforced'],
    ['{rules: [{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}]}', 'ipBlocks is not enforced'],
    ['{rules: [{to: [{operation: {paths: ["/a/{*}"]}}]}]}', 'is not enforced'],
    ['{action: CUSTOM}', 'CUSTOM is not enforced'],
    ['{targetRefs: []}', 'targetRefs is not enforced'],
  ])('refuses %s', (spec, message) => {
    expect(() => authorized([policy('one', 'odd', spec)])).toThrow(message);
  });
});

describe('PeerAuthentication', () => {
  const mode = (...objects: readonly string[]) => {
    const cluster = clusterFrom(...base, ...objects);
    return tlsModeOf(cluster.peerAuthentications, findPod(cluster, 'one', 'a'), 8080);
  };
  const mesh = object('PeerAuthentication', 'aks-istio-system', 'mesh', '{mtls: {mode: STRICT}}');
  const wide = object('PeerAuthentication', 'one', 'wide', '{mtls: {mode: DISABLE}}');
  const own = object(
    'PeerAuthentication',
    'one',
    'own',
    '{selector: {matchLabels: {app: a}}, mtls: {mode: PERMISSIVE}}',
  );
  const port = object(
    'PeerAuthentication',
    'one',
    'own',
    '{selector: {matchLabels: {app: a}}, portLevelMtls: {8080: {mode: DISABLE}}}',
  );
  const unset = object('PeerAuthentication', 'one', 'wide', '{mtls: {mode: UNSET}}');

  test('the narrowest one decides; without any, both are taken', () => {
    expect([mode(), mode(mesh), mode(mesh, wide), mode(mesh, wide, own), mode(mesh, port), mode(mesh, unset)]).toEqual([
      'PERMISSIVE',
      'STRICT',
      'DISABLE',
      'PERMISSIVE',
      'DISABLE',
      'STRICT',
    ]);
  });
});
