import { expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { propertiesOf, resourceOf, ruleLines } from '../test-parts.ts';
import { defaultSpec } from '../test-spec.ts';

const blueprint = buildBlueprint(defaultSpec);

test('the security group has the rules that Microsoft requires, a denial of the rest, and nothing else', () => {
  // "Configure NSG rules for Azure Bastion", table of required rules (2026-02-24).
  expect([...ruleLines(blueprint, 'hub/eastus2/nsg-bastion')].sort()).toEqual(
    [
      'In Allow Tcp Internet -> * 443',
      'In Allow Tcp GatewayManager -> * 443',
      'In Allow * VirtualNetwork -> VirtualNetwork 8080,5701',
      'In Allow Tcp AzureLoadBalancer -> * 443',
      'In Deny * * -> * *',
      'Out Allow * * -> VirtualNetwork 22,3389',
      'Out Allow Tcp * -> AzureCloud 443',
      'Out Allow * VirtualNetwork -> VirtualNetwork 8080,5701',
      'Out Allow * * -> Internet 80',
      'Out Deny * * -> * *',
    ].sort(),
  );
});

test('Bastion records sessions and carries nothing out of them', () => {
  // Landing-zone page, section 2: Premium, recording on, tunnelling off, copy and paste off, public address.
  expect(resourceOf(blueprint, 'hub/eastus2/bastion').sku).toEqual({ name: 'Premium' });
  expect(propertiesOf(blueprint, 'hub/eastus2/bastion')).toMatchObject({
    enableSessionRecording: true,
    enableTunneling: false,
    disableCopyPaste: true,
    enableFileCopy: false,
    enableShareableLink: false,
    enablePrivateOnlyBastion: false,
  });
});

test('its public address spans the zones', () => {
  expect(resourceOf(blueprint, 'hub/eastus2/public-address-bastion')).toMatchObject({
    zones: ['1', '2', '3'],
    sku: { name: 'Standard' },
  });
});
