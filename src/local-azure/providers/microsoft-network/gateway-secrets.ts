import { ArmError, type ArmErrorBody } from '../../../arm/arm-error.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { mayUse } from '../data-roles.ts';
import { listOf, type Members, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { userIdentitiesOf } from '../service-checks.ts';

/**
 * An application gateway reads its certificates when it is written: each secret must be there, and its identity must be let at it. Codes and
 * words are the service's, as users report them (MicrosoftDocs/azure-docs 33157, mspnp/aks-baseline 392).
 */
export function checkVaultSecrets(
  id: string,
  parts: Readonly<Record<string, readonly Members[]>>,
  envelope: Members,
  context: ProviderContext,
): void {
  const principals = userIdentitiesOf(envelope).map((identity) =>
    String(propertiesOf(context.view.get(identity)).principalId),
  );
  const references = [...(parts.sslCertificates ?? []), ...(parts.trustedRootCertificates ?? [])].flatMap(
    ({ properties }) => textOf(membersOf(properties).keyVaultSecretId) ?? [],
  );
  const details = references.flatMap((reference) => problemOf(id, reference, principals, context) ?? []);
  if (details.length === 0) return;
  throw new ArmError(400, {
    code: 'ApplicationGatewayKeyVaultSecretException',
    message: `Problem occured while accessing and validating KeyVault Secrets associated with Application Gateway '${id}'. See details below:`,
    details,
  });
}

function problemOf(
  id: string,
  reference: string,
  principals: readonly string[],
  context: ProviderContext,
): ArmErrorBody | undefined {
  const [, vaultName = '', secretName = ''] =
    /^https:\/\/([^./]+)\.vault\.[^/]+\/secrets\/([^/]+)/i.exec(reference) ?? [];
  const vault = context.view
    .ofType('Microsoft.KeyVault/vaults')
    .find(({ name }) => name.toLowerCase() === vaultName.toLowerCase());
  const secret = vault === undefined ? undefined : context.view.get(`${vault.id}/secrets/${secretName}`);
  if (vault !== undefined && !principals.some((principal) => mayRead(vault, secretName, principal, context))) {
    return {
      code: 'ApplicationGatewayKeyVaultSecretAccessDenied',
      message: `Access denied for KeyVault Secret '${reference}' for Application Gateway '${id}'. Make sure that Identity assigned to Application Gateway has access to the KeyVault associated with secret.`,
    };
  }
  if (secret !== undefined) return undefined;
  return {
    code: 'ApplicationGatewayKeyVaultSecretNotFound',
    message: `KeyVault Secret '${reference}' for Application Gateway '${id}' was not found.`,
  };
}

/** By role, or, in a vault that does not use roles, by its access policies. */
function mayRead(vault: ArmResource, secretName: string, principal: string, context: ProviderContext): boolean {
  const { enableRbacAuthorization, accessPolicies } = propertiesOf(vault);
  if (enableRbacAuthorization === true) {
    const action = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';
    return mayUse(principal, action, `${vault.id}/secrets/${secretName}`, context);
  }
  return listOf(accessPolicies)
    .map(membersOf)
    .some(
      ({ objectId, permissions }) =>
        String(objectId).toLowerCase() === principal.toLowerCase() &&
        textsOf(membersOf(permissions).secrets).some((word) => /^(get|all)$/i.test(word)),
    );
}
