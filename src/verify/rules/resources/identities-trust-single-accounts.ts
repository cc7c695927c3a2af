import { has, list, resourceRule, setting } from './resource-rule.ts';

export const identitiesTrustSingleAccounts = resourceRule({
  id: 'identities-trust-single-accounts',
  statement: 'Identities trust service accounts that are named in full',
  controls: ['7.2.5', '8.6.1'],
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  faults: (credential) => [
    /^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/.test(String(setting(credential, 'properties.subject')))
      ? undefined
      : 'trusts a subject that is no single service account',
    JSON.stringify(list(credential, 'properties.audiences')) === '["api://AzureADTokenExchange"]'
      ? undefined
      : 'takes tokens that were made for another audience',
    has(credential, 'properties.issuer'),
  ],
});
