import { describe, expect, test } from 'vitest';
import { problemsOf, specOf, summary } from '../test-spec.ts';

const cluster = (text: string): string => `clusters:\n  - ${text}\n`;

/** Sources: the service refusals of azure-2026-and-pci section 2, and Microsoft's size pages. */
const refused: readonly (readonly [string, string, ...string[]])[] = [
  [
    'long-term support in the standard tier',
    cluster('kubernetes: { tier: standard }'),
    'SPEC_SUPPORT_NEEDS_PREMIUM 2:25',
  ],
  ['a patch version', cluster('kubernetes: { version: 1.36.2 }'), 'SPEC_VERSION_FORM 2:28'],
  ['a region without integration', cluster('region: qatarcentral'), 'SPEC_REGION_WITHOUT_INTEGRATION 2:13'],
  ['a size that is none', cluster('nodePools: { system: { size: Standard_D4s_v5 } }'), 'SPEC_NODE_SIZE_UNKNOWN 2:34'],
  [
    'a size with too small a disk',
    cluster('nodePools: { inScope: { size: Standard_D2ds_v5 } }'),
    'SPEC_NODE_SIZE_DISK 2:35',
  ],
  ['more nodes at least than at most', cluster('nodePools: { system: { minimum: 6 } }'), 'SPEC_POOL_SIZE 2:18'],
  ['more nodes than addresses', cluster('nodePools: { inScope: { maximum: 200 } }'), 'SPEC_POOL_ROOM 2:38'],
  ['more pods than addresses', cluster('network: { subnets: { podsSystem: 10.240.32.0/24 } }'), 'SPEC_POOL_ROOM 2:39'],
  ['one gateway', cluster('gateway: { minimum: 1 }'), 'SPEC_GATEWAY_SIZE 2:25'],
  [
    'more gateways than addresses',
    cluster('{ gateway: { maximum: 60 }, network: { subnets: { applicationGateway: 10.240.5.0/26 } } }'),
    'SPEC_GATEWAY_ROOM 2:27',
  ],
  ['a signer that is no certificate', 'gitops: { signer: nobody }\n', 'SPEC_CERTIFICATE_FORM 1:19'],
];

describe('clusters', () => {
  test.each(refused)('%s: refused', (_, text, ...problems) => {
    expect(summary(text)).toEqual(problems);
  });

  test('have long-term support, three system nodes and two gateways unless the file says otherwise', () => {
    const [first] = specOf('').clusters;
    expect(first.kubernetes).toEqual({ support: 'long-term', tier: 'premium' });
    expect(first.nodePools.system).toMatchObject({ size: 'Standard_D4ds_v5', minimum: 3, maximum: 5 });
    expect(first.gateway).toEqual({ minimum: 2, maximum: 10 });
  });

  test('a size that is nearly right gets the one that was meant', () => {
    const [problem] = problemsOf(cluster('nodePools: { system: { size: Standard_D4ds_v4 } }'));
    expect(problem?.hint).toContain('Standard_D4ds_v5');
  });
});
