import type { ArmResource } from '../../../model/resource.ts';

/** One thing behind a private link: what it is called, and the public name that clients ask for. */
export interface LinkMember {
  readonly memberName: string;
  readonly fqdn: string;
  /** The name in the private zone: the public name without the service's own domain. */
  readonly recordName: string;
}

type Members = (name: string, region: string) => readonly LinkMember[];

const one =
  (memberName: string, domain: string): Members =>
  (name) => [{ memberName, fqdn: `${name}.${domain}`, recordName: name }];

/**
 * What a private endpoint reaches, by the type of its target and the group (learn.microsoft.com, private endpoint DNS values:
 * subresources, public names and zones).
 */
const members: Readonly<Record<string, Readonly<Record<string, Members>>>> = {
  'microsoft.keyvault/vaults': { vault: one('default', 'vault.azure.net') },
  'microsoft.containerregistry/registries': {
    registry: (name, region) => [
      {
        memberName: `registry_data_${region}`,
        fqdn: `${name}.${region}.data.azurecr.io`,
        recordName: `${name}.${region}.data`,
      },
      { memberName: 'registry', fqdn: `${name}.azurecr.io`, recordName: name },
    ],
  },
  'microsoft.storage/storageaccounts': {
    blob: one('blob', 'blob.core.windows.net'),
    dfs: one('dfs', 'dfs.core.windows.net'),
    file: one('file', 'file.core.windows.net'),
    queue: one('queue', 'queue.core.windows.net'),
    table: one('table', 'table.core.windows.net'),
  },
};

/** The members of a group of a target; undefined where the type or the group is not modelled. */
export function membersOfGroup(target: ArmResource, group: string): readonly LinkMember[] | undefined {
  const groups = members[target.type.toLowerCase()];
  const found = Object.entries(groups ?? {}).find(([name]) => name.toLowerCase() === group.toLowerCase());
  return found?.[1](target.name.toLowerCase(), target.location ?? '');
}

/** The groups of a target's type, or undefined where it is not modelled. */
export function groupsOf(target: ArmResource): readonly string[] | undefined {
  const groups = members[target.type.toLowerCase()];
  return groups === undefined ? undefined : Object.keys(groups);
}
