import type { PeerCertificate } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { mustBe } from './peer-identity.ts';
import type { Pod } from './pods.ts';

const pod: Pod = {
  name: 'b',
  namespace: 'one',
  namespaceLabels: {},
  labels: {},
  serviceAccount: 'b-account',
  ports: [],
};

/** SPIFFE X.509-SVID, section 2: exactly one URI name. Here nothing else is taken either. */
describe('a server must be who is meant', () => {
  const check = (subjectaltname: string | undefined): Error | undefined =>
    mustBe(pod)('', { subjectaltname } as PeerCertificate);

  test('the identity of the pod', () => {
    expect(check('URI:spiffe://cluster.local/ns/one/sa/b-account')).toBeUndefined();
  });

  test.each([
    ['URI:spiffe://cluster.local/ns/one/sa/a-account'],
    ['URI:spiffe://other.domain/ns/one/sa/b-account'],
    ['URI:spiffe://cluster.local/ns/one/sa/b-account, URI:spiffe://cluster.local/ns/two/sa/x'],
    ['DNS:b.one, URI:spiffe://cluster.local/ns/one/sa/b-account'],
    ['DNS:"x, URI:spiffe://cluster.local/ns/one/sa/b-account"'],
    ['DNS:b.one'],
    [undefined],
  ])('%s is somebody else', (name) => {
    expect(check(name)).toBeInstanceOf(Error);
  });
});
