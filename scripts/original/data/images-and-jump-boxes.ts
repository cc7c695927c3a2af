import { type OriginalRow, rowsOf } from '../row.ts';

const role = rowsOf('resource', 'createsubscriptionroles');
const image = rowsOf('resource', 'image builder');
const right = rowsOf('role assignment', 'image builder');
const jumpBox = rowsOf('resource', 'cluster-stamp');
const setting = rowsOf('setting', 'vmss-jumpboxes');

/** The image of jump boxes, and the jump boxes. */
export const imageRows: readonly OriginalRow[] = [
  role(
    '[Custom] Azure Image Builder Service Networking Role',
    'read networks, join subnets',
    'jump-box-image/role-network',
  ),
  role(
    '[custom] Azure Image Builder Service Image Creation Role',
    'read, write and delete images',
    'jump-box-image/role-gallery',
    'Versions of one gallery.',
  ),
  image('mi-aks-jumpbox-imagebuilder', 'identity of the builder', 'jump-box-image/identity'),
  image(
    'imgt-aksopsjb',
    'template: Ubuntu 18.04, tools fetched by scripts from the Internet',
    'jump-box-image/template',
    'Tools by version and digest, nothing fetched is run unseen.',
  ),
  image('img-aksopsjb', 'managed image', ['jump-box-image/gallery', 'jump-box-image/image'], 'Versions in a gallery.'),
  right('builder on vnet-00', 'networking role', 'jump-box-image/builder-may-join-the-network'),
  right(
    'builder on rg-bu0001a0005',
    'image role',
    'jump-box-image/builder-may-add-versions',
    'On the gallery, not on the group of the cluster.',
  ),
  jumpBox('vmss-jumpboxes', 'two DS1_v2, local disks, no public address', 'jump-boxes-01/scale-set'),
  jumpBox(
    'vmss-jumpboxes/OMSExtension',
    'Log Analytics agent with the key of the workspace',
    ['jump-boxes-01/scale-set#monitor-agent', 'jump-boxes-01/scale-set/machines'],
    'The agent ended 2024-08-31; its successor, which was there since June 2021, takes rules and an identity, no key.',
  ),
  jumpBox(
    'vmss-jumpboxes/DependencyAgentLinux',
    'maps connections of the machine',
    'spoke-01/virtual-network/flow-log',
    'Flow logs and Traffic Analytics show the same connections from outside the machine.',
    { in2021: ['spoke-01/nsg-management-ops/flow-log'] },
  ),
  setting(
    'administrator',
    'a public key of somebody, in the template',
    'decision:people-sign-in-as-themselves',
    'People sign in with their own Entra account; nobody holds the key that Azure demands.',
    { in2021: ['jump-boxes-01/scale-set'] },
  ),
  setting(
    'cloud-init',
    'users and keys, edited by hand',
    'decision:people-sign-in-as-themselves',
    'It makes no user.',
    { in2021: ['jump-boxes-01/scale-set'] },
  ),
  setting(
    'disk',
    'ephemeral, read-only cache',
    'jump-boxes-01/scale-set#properties.virtualMachineProfile.storageProfile.osDisk.diffDiskSettings',
  ),
  setting('zones', '1, 2, 3', 'jump-boxes-01/scale-set#zones'),
  setting('boot diagnostics', 'on', 'jump-boxes-01/scale-set#properties.virtualMachineProfile.diagnosticsProfile'),
  setting('identity', 'none', 'jump-boxes-01/scale-set#identity', 'The agent signs in with it.'),
];
