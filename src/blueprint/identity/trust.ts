import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import { type ClusterRefs, clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, type DecisionText, decided, joined, type PartDraft } from '../draft.ts';
import { fluxNamespace, fluxSourceAccount } from '../gitops/source.ts';
import { propertyOf } from '../handles.ts';
import { ingressAccount, ingressNamespace } from '../ingress/names.ts';
import { azureResource } from '../placement.ts';

/** Trust of identities in service accounts: it needs the cluster, whose name it bears. */
export function buildTrust(context: BuildContext): PartDraft {
  const built = context.spec.clusters.flatMap((cluster) => {
    const refs = clusterRefs(context, cluster);
    return [
      trust(refs, 'flux', fluxNamespace, fluxSourceAccount),
      trust(refs, 'ingress', ingressNamespace, ingressAccount),
    ];
  });
  return { name: 'trust', ...joined(...built), decisions, intents: [] };
}

/** Azure refuses two writes at once below one identity. */
function trust(refs: ClusterRefs, who: 'flux' | 'ingress', namespace: string, account: string): Built {
  const identity = refs.identities[who];
  const resource: Resource = azureResource(refs.placements['cluster-identity'], {
    key: `${identity.key}/trust`,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    apiVersion: apiVersions.identities,
    name: `${identity.name}/${account}`,
    properties: {
      issuer: propertyOf(refs.cluster, 'oidcIssuerProfile.issuerURL'),
      subject: `system:serviceaccount:${namespace}:${account}`,
      audiences: ['api://AzureADTokenExchange'],
    },
    oneAtATime: `${refs.cluster.key}/federated-credentials`,
  });
  return decided(resource, {
    'trust-in-one-account': ['properties.issuer', 'properties.subject', 'properties.audiences'],
  });
}

const decisions: readonly DecisionText[] = [
  {
    id: 'trust-in-one-account',
    title: 'Each identity of a pod trusts one service account of one cluster',
    because:
      'The account is named in full: no other namespace, and no other cluster, gets a token. Credentials are made one after the other, since Azure refuses two at a time.',
    alternatives: [
      { option: 'Patterns of accounts', whyNot: 'Whoever makes an account that fits would have the right.' },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: ['identities-trust-single-accounts'],
  },
];
