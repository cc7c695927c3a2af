import { notModelled } from '../../service-errors.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, listOf, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, requireFound, userIdentitiesOf, withIdentity } from '../service-checks.ts';
import { builtImages, imagesOf } from './built-images.ts';
import { ownStagingGroup, stagingGroup } from './staging-group.ts';

const type = 'Microsoft.VirtualMachineImages/imageTemplates';

/**
 * Image templates. A template cannot be changed once it is there, as in Azure (learn.microsoft.com, Image Builder troubleshooting).
 * With `autoRun` its images are there when it is made. An action cannot write here, so `run` is refused by name.
 */
export const imageTemplates: ResourceTypeProvider = {
  type,
  apiVersions: ['2025-10-01', '2024-02-01', '2023-07-01', '2022-07-01', '2022-02-14', '2021-10-01', '2020-02-14'],
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (input.existing !== undefined) {
      throw conflict(
        'Conflict',
        `Update/Upgrade of image templates is currently not supported. The image template '${nameIn(input.id)}' must be deleted and made again.`,
      );
    }
    if (userIdentitiesOf(envelope).length === 0) {
      throw badRequest('ValidationFailed', 'Validation failed: A user assigned identity is required in the template.');
    }
    checkVm(membersOf(properties.vmProfile), context);
    for (const step of listOf(properties.customize).map(membersOf)) checkStep(step);
    const distribute = listOf(properties.distribute).map(membersOf);
    if (distribute.length === 0)
      throw badRequest('ValidationFailed', 'Validation failed: A template needs at least one distribution.');
    const outputs = distribute.map(({ runOutputName }) => String(runOutputName).toLowerCase());
    if (new Set(outputs).size < outputs.length)
      throw badRequest('ValidationFailed', 'Validation failed: run output names must be unique.');
    for (const target of distribute) checkTarget(target, context);
    const minutes = numberOf(properties.buildTimeoutInMinutes) ?? 240;
    if (minutes < 0 || minutes > 960)
      throw badRequest(
        'ValidationFailed',
        `Validation failed: buildTimeoutInMinutes must be 0 to 960, not ${minutes}.`,
      );
    const staging = stagingGroup(input, envelope, properties, context);
    const template = resourceOf(
      type,
      input,
      withIdentity(input.id, envelope, context),
      defined({
        ...properties,
        buildTimeoutInMinutes: minutes,
        vmProfile: { vmSize: 'Standard_D1_v2', osDiskSizeGB: 0, ...membersOf(properties.vmProfile) },
        exactStagingResourceGroup: staging.id,
        provisioningState: 'Succeeded',
      }),
    );
    const builds = membersOf(properties.autoRun).state === 'Enabled';
    return { put: [template, staging, ...(builds ? builtImages(template, context) : [])], delete: [] };
  },
  abandon: (unfinished, context) => [
    unfinished.id,
    ...[ownStagingGroup(unfinished, context), ...imagesOf(unfinished, context)].flatMap((made) => made?.id ?? []),
  ],
  delete: (existing, context) => ({ put: [], delete: [ownStagingGroup(existing, context)?.id ?? []].flat() }),
  actions: {
    run: (existing) => {
      throw notModelled(
        `'run' of ${existing.id}: set autoRun.state to Enabled, and the images are built with the template`,
      );
    },
    cancel: (existing) => {
      throw conflict('Conflict', `The image template '${existing.name}' is not being built.`);
    },
  },
};

function checkVm(profile: Members, context: ProviderContext): void {
  const network = membersOf(profile.vnetConfig);
  for (const id of [network.subnetId, network.containerInstanceSubnetId]) {
    if (id !== undefined) requireFound(context, textOf(id), 'Microsoft.Network/virtualNetworks/subnets');
  }
  if (network.containerInstanceSubnetId !== undefined && network.proxyVmSize !== undefined) {
    throw badRequest(
      'ValidationFailed',
      'Validation failed: proxyVmSize cannot be set with containerInstanceSubnetId.',
    );
  }
}

function checkStep(step: Members): void {
  const { type: kind, inline, scriptUri, name } = step;
  if (kind !== 'Shell' && kind !== 'PowerShell') return;
  if ((inline === undefined) === (scriptUri === undefined)) {
    throw badRequest(
      'ValidationFailed',
      `Validation failed: customizer '${String(name)}' must have one of inline and scriptUri.`,
    );
  }
}

function checkTarget(target: Members, context: ProviderContext): void {
  if (!/^[\w.-]{1,64}$/.test(String(target.runOutputName))) {
    throw badRequest('ValidationFailed', `Validation failed: '${String(target.runOutputName)}' is no run output name.`);
  }
  if (target.type !== 'SharedImage') return;
  const image = (textOf(target.galleryImageId) ?? '').replace(/\/versions\/[^/]+$/i, '');
  requireFound(context, image, 'Microsoft.Compute/galleries/images');
}
