import { type ClusterRefs, clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { joined, type PartDraft } from '../draft.ts';
import { vaultSecrets } from '../vault/contents.ts';
import { secretReaderDecisions } from './decisions.ts';
import { type Grant, granted } from './grants.ts';

/** Who reads which secret. A right on a secret is given once the secret is there: after the certificates, before the gateway. */
export function buildSecretReaders(context: BuildContext): PartDraft {
  const built = context.spec.clusters.flatMap((cluster) => {
    const refs = clusterRefs(context, cluster);
    return secretGrants(refs).map((grant) => granted(context, refs, grant, 'cluster-identity'));
  });
  return { name: 'secret-readers', ...joined(...built), decisions: secretReaderDecisions, intents: [] };
}

function secretGrants({ group, vault }: ClusterRefs): readonly Grant[] {
  const secret = (who: Grant['who'], name: string, decision: string, why: string): Grant => ({
    who,
    word: `secret-${name}`,
    role: 'key vault secrets user',
    group,
    on: { type: 'Microsoft.KeyVault/vaults/secrets', name: `${vault.name}/${name}` },
    why,
    decision,
  });
  return [
    secret(
      'gateway',
      vaultSecrets.gatewayListener,
      'gateway-reads-its-certificates-only',
      'Application Gateway shows this certificate to browsers.',
    ),
    secret(
      'gateway',
      vaultSecrets.ingressAuthority,
      'gateway-reads-its-certificates-only',
      'Application Gateway trusts what this authority has signed.',
    ),
    secret(
      'ingress',
      vaultSecrets.ingressServer,
      'ingress-reads-its-certificate-only',
      'The ingress shows this certificate to Application Gateway.',
    ),
  ];
}
