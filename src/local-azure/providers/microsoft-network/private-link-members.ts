import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { membersOf, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';

/** One thing behind a private link: what it is called, and the public name that clients ask for. */
export interface LinkMember {
  readonly memberName: string;
  readonly fqdn: string;
  /** The name in the private zone: the public name without the service's own domain. */
  readonly recordName: string;
}

type Members = (name: string, target: ArmResource, context: ProviderContext) => readonly LinkMember[];

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
    registry: (name, target, context) => {
      const replicas = context.view.children(target.id, 'replications').map(({ location }) => String(location));
      return [
        ...[...new Set([String(target.location), ...replicas])].map((region) => ({
          memberName: `registry_data_${region}`,
          fqdn: `${name}.${region}.data.azurecr.io`,
          recordName: `${name}.${region}.data`,
        })),
        { memberName: 'registry', fqdn: `${name}.azurecr.io`, recordName: name },
      ];
    },
  },
  'microsoft.storage/storageaccounts': {
    blob: one('blob', 'blob.core.windows.net'),
    dfs: one('dfs', 'dfs.core.windows.net'),
    file: one('file', 'file.core.windows.net'),
    queue: one('queue', 'queue.core.windows.net'),
    table: one('table', 'table.core.windows.net'),
  },
  'microsoft.insights/privatelinkscopes': { azuremonitor: monitorMembers },
  'microsoft.monitor/accounts': {
    prometheusMetrics: (name, target) => [
      {
        memberName: 'prometheusMetrics',
        fqdn: `${name}.${String(target.location)}.prometheus.monitor.azure.com`,
        recordName: `${name}.${String(target.location)}`,
      },
    ],
  },
};

/**
 * A private link scope answers for the shared endpoints of Azure Monitor and for each workspace and data collection endpoint in it
 * (learn.microsoft.com, Azure Monitor private link: DNS).
 */
function monitorMembers(_name: string, target: ArmResource, context: ProviderContext): readonly LinkMember[] {
  const member = (fqdn: string): LinkMember => ({ memberName: fqdn, fqdn, recordName: fqdn.split('.')[0] ?? '' });
  const linked = context.view
    .children(target.id, 'scopedResources')
    .flatMap((scoped) => context.view.get(textOf(propertiesOf(scoped).linkedResourceId) ?? '') ?? []);
  return [
    member('api.monitor.azure.com'),
    member('global.in.ai.monitor.azure.com'),
    member('profiler.monitor.azure.com'),
    member('live.monitor.azure.com'),
    member('diagservices-query.monitor.azure.com'),
    member('snapshot.monitor.azure.com'),
    member('global.handler.control.monitor.azure.com'),
    member('scadvisorcontentpl.blob.core.windows.net'),
    ...linked.flatMap((resource) => {
      const { customerId, logsIngestion, configurationAccess } = propertiesOf(resource);
      const hosts = [logsIngestion, configurationAccess].flatMap((part) => textOf(membersOf(part).endpoint) ?? []);
      if (customerId === undefined) return hosts.map((host) => member(host.replace('https://', '')));
      const domains = ['oms.opinsights.azure.com', 'ods.opinsights.azure.com', 'agentsvc.azure-automation.net'];
      return domains.map((domain) => member(`${String(customerId)}.${domain}`));
    }),
  ];
}

/** The members of a group of a target; undefined where the type or the group is not modelled. */
export function membersOfGroup(
  target: ArmResource,
  group: string,
  context: ProviderContext,
): readonly LinkMember[] | undefined {
  const groups = members[target.type.toLowerCase()];
  const found = Object.entries(groups ?? {}).find(([name]) => name.toLowerCase() === group.toLowerCase());
  return found?.[1](target.name.toLowerCase(), target, context);
}

/** The groups of a target's type, or undefined where it is not modelled. */
export function groupsOf(target: ArmResource): readonly string[] | undefined {
  const groups = members[target.type.toLowerCase()];
  return groups === undefined ? undefined : Object.keys(groups);
}
