import { since } from '../offers.ts';
import { resourceRule, wants } from './resource-rule.ts';

export const podsSignInByTheirAccount = resourceRule({
  id: 'pods-sign-in-by-their-account',
  statement: 'Pods sign in to Azure by their service account',
  controls: ['7.2.5', '8.6.1', '8.6.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (resource) =>
    since(
      'workload identity',
      wants(resource, 'properties.oidcIssuerProfile.enabled', true),
      wants(resource, 'properties.securityProfile.workloadIdentity.enabled', true),
    ),
});
