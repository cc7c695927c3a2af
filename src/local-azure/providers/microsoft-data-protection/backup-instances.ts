import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { defined, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, requireFound } from '../service-checks.ts';
import { backupApiVersions } from './api-versions.ts';

const type = 'Microsoft.DataProtection/backupVaults/backupInstances';

/**
 * What a vault backs up. For a cluster: in the vault's region, with the backup extension and a trusted access binding for the vault
 * (learn.microsoft.com, AKS backup prerequisites). Nothing is backed up. Codes are named here.
 */
export const backupInstances: ResourceTypeProvider = {
  type,
  apiVersions: backupApiVersions,
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const vault = context.view.get(parentOf(input.id));
    const source = membersOf(properties.dataSourceInfo);
    const policy = requireFound(
      context,
      textOf(membersOf(properties.policyInfo).policyId),
      'Microsoft.DataProtection/backupVaults/backupPolicies',
    );
    if (!sameId(parentOf(policy.id), parentOf(input.id)))
      throw badRequest('BMSUserErrorInvalidInput', `The policy ${policy.id} is another vault's.`);
    const kind = textOf(source.datasourceType) ?? '';
    if (!textsOf(propertiesOf(policy).datasourceTypes).includes(kind))
      throw badRequest('BMSUserErrorInvalidInput', `The policy ${policy.name} is not for ${kind}.`);
    const target = requireFound(context, textOf(source.resourceID));
    const twin = context.view
      .ofType(type)
      .find(
        (other) =>
          !sameId(other.id, input.id) &&
          sameId(textOf(membersOf(propertiesOf(other).dataSourceInfo).resourceID), target.id),
      );
    if (twin !== undefined)
      throw conflict('BMSUserErrorDatasourceAlreadyProtected', `${target.id} is backed up by ${twin.id} already.`);
    if (kind === 'Microsoft.ContainerService/managedClusters') {
      if (target.location !== vault?.location)
        throw badRequest(
          'BMSUserErrorRegionMismatch',
          `Cluster ${target.name} and vault ${vault?.name} must be in the same region.`,
        );
      const extension = context.view
        .ofType('Microsoft.KubernetesConfiguration/extensions')
        .find(
          ({ id, properties: held }) =>
            id.toLowerCase().startsWith(`${target.id.toLowerCase()}/`) &&
            held?.extensionType === 'microsoft.dataprotection.kubernetes',
        );
      if (extension === undefined)
        throw badRequest(
          'UserErrorKubernetesBackupExtensionNotFound',
          `Cluster ${target.name} has no backup extension.`,
        );
      const binding = context.view
        .children(target.id, 'trustedAccessRoleBindings')
        .find((item) => sameId(textOf(propertiesOf(item).sourceResourceId), vault?.id));
      if (binding === undefined)
        throw badRequest(
          'UserErrorTrustedAccessNotConfigured',
          `Cluster ${target.name} does not trust vault ${vault?.name}.`,
        );
    }
    const instance = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        friendlyName: properties.friendlyName ?? nameIn(input.id),
        policyInfo: { ...membersOf(properties.policyInfo), policyId: policy.id },
        protectionStatus: { status: 'ProtectionConfigured' },
        currentProtectionState: 'ProtectionConfigured',
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [instance], delete: [] };
  },
};
