import { describe, expect, it } from 'vitest';
import { idOf } from '../../test/reach/arm-shapes.ts';
import { landingZone } from '../../test/reach/landing-zone.ts';
import { Problem } from '../kernel/errors.ts';
import type { ArmResource } from '../model/resource.ts';
import { readNetwork } from './read-network.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

const zone: readonly ArmResource[] = [
  {
    id: '/z/privatelink.example.net',
    name: 'privatelink.example.net',
    type: 'Microsoft.Network/privateDnsZones',
    properties: {},
  },
  {
    id: '/z/privatelink.example.net/A/vault',
    name: 'privatelink.example.net/vault',
    type: 'Microsoft.Network/privateDnsZones/A',
    properties: { aRecords: [{ ipv4Address: '10.1.5.4' }] },
  },
  {
    id: '/z/privatelink.example.net/virtualNetworkLinks/hub',
    name: 'privatelink.example.net/hub',
    type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
    properties: { virtualNetwork: { id: idOf('virtualNetworks', 'vnet-hub') } },
  },
];
const { model } = readNetwork(landingZone(...zone));
const resolve = (text: string) => resolveEndpoint(text, model);
const problem = (text: string): Problem => {
  try {
    resolve(text);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error(`${text} was resolved`);
};
const first = (text: string): string => {
  const end = resolve(text);
  if (end.kind !== 'addresses') return end.kind;
  return String(end.ranges[0]?.first);
};
const address = (text: string): string => String(text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));

/** The grammar of `EndpointText` (model/intent.ts) and cli.md. */
describe('resolveEndpoint', () => {
  it('takes addresses, prefixes, subnets, ids and unique names, without regard to case', () => {
    expect(first('10.1.1.4')).toBe(address('10.1.1.4'));
    expect(first('10.1.0.0/16')).toBe(address('10.1.0.0'));
    expect(first('subnet:snet-web')).toBe(address('10.1.1.0'));
    expect(first('subnet:VNET-A/SNET-WEB')).toBe(address('10.1.1.0'));
    expect(first('snet-web')).toBe(address('10.1.1.0'));
    expect(first('fw')).toBe(address('10.0.0.4'));
    const id = model.subnets.find((one) => one.name === 'snet-db')?.id ?? '';
    expect(first(id.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'))).toBe(address('10.1.2.0'));
  });

  it('takes internet, any, tags and host names', () => {
    expect(first('internet')).toBe('internet');
    expect(first('any')).toBe('any');
    expect(resolve('tag:Storage')).toMatchObject({ kind: 'tag', tag: 'Storage', addresses: true, names: false });
    expect(resolve('tag:AzureKubernetesService')).toMatchObject({ kind: 'tag', addresses: false, names: true });
    expect(first('tag:AzureLoadBalancer')).toBe(address('168.63.129.16'));
    expect(first('tag:AzurePlatformDNS')).toBe('platform-dns');
    expect(resolve('*.Example.com')).toMatchObject({ kind: 'name', pattern: '*.example.com' });
  });

  it('asks private zones of the state first', () => {
    expect(resolve('vault.privatelink.example.net')).toMatchObject({
      kind: 'private-name',
      answers: [{ first: BigInt(address('10.1.5.4')) }],
    });
    expect(problem('other.privatelink.example.net').code).toBe('ENDPOINT_NAME_UNRESOLVED');
  });

  it('says what is not there, and what may have been meant', () => {
    expect(problem('subnet:snet-wep')).toMatchObject({
      code: 'ENDPOINT_NOT_FOUND',
      kind: 'not-found',
      hint: 'Did you mean subnet:snet-web?',
    });
    expect(problem('nonsense')).toMatchObject({ kind: 'not-found' });
  });

  it('lists the candidates of an ambiguous name', () => {
    const twice = readNetwork(
      landingZone({
        id: '/other/virtualNetworks/vnet-x',
        name: 'vnet-x',
        type: 'Microsoft.Network/virtualNetworks',
        properties: {
          addressSpace: { addressPrefixes: ['10.50.0.0/16'] },
          subnets: [{ name: 'snet-web', properties: { addressPrefix: '10.50.1.0/24' } }],
        },
      }),
    ).model;
    expect(() => resolveEndpoint('subnet:snet-web', twice)).toThrow(
      expect.objectContaining({ code: 'ENDPOINT_AMBIGUOUS', hint: expect.stringContaining('subnet:vnet-x/snet-web') }),
    );
  });

  it('refuses by name what is not modelled', () => {
    for (const text of ['pod:ns/name', 'namespace:ns', 'service:ns/name', '2001:db8::1']) {
      expect(problem(text)).toMatchObject({ code: 'ENDPOINT_NOT_MODELLED', kind: 'not-found' });
    }
    expect(problem('tag:VirtualNetwork').kind).toBe('usage');
  });
});
