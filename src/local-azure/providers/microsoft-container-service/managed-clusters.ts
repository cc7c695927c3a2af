import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderChange, ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { listOf, type Members, membersOf, textOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { refusal, withIdentity } from '../service-checks.ts';
import { clusterApiVersions } from './api-versions.ts';
import { type ClusterDraft, checkAddons, checkApiServer, checkTierAndVersion } from './cluster-checks.ts';
import { clusterError } from './cluster-errors.ts';
import { clusterProperties } from './cluster-form.ts';
import { checkIdentityPermissions, clusterIdentities } from './cluster-identities.ts';
import { checkEgress, checkNetworkProfile } from './cluster-network-checks.ts';
import { apiServerRecord, nodeResourceGroup } from './cluster-surroundings.ts';
import { checkPool, clusterService as clusterType, poolProperties, poolType } from './pool-checks.ts';

/**
 * AKS clusters. Made with one: the node resource group, the kubelet's and the add-ons' identities, the pools as children, the record of
 * a private API server in a zone of one's own. Not made: what lies in the node resource group besides identities (scale sets, load
 * balancers, the private endpoint of the API server); nothing runs.
 */
export const managedClusters: ResourceTypeProvider = {
  type: clusterType,
  apiVersions: clusterApiVersions,
  location: 'required',
  longRunning: true,
  put: clusterChange,
  delete(existing, context) {
    const { nodeResourceGroup: name } = propertiesOf(existing);
    const root = existing.id.split('/').slice(0, 3).join('/');
    const record = apiServerRecord(existing, context);
    return {
      put: [],
      delete: [`${root}/resourceGroups/${String(name)}`, ...(record === undefined ? [] : [record.id])],
    };
  },
  read(stored, context) {
    const order = listOf(propertiesOf(stored).agentPoolProfiles).map(String);
    const pools = [...context.view.children(stored.id, 'agentPools')];
    const place = ({ name }: ArmResource): number => (order.includes(name) ? order.indexOf(name) : order.length);
    pools.sort((a, b) => place(a) - place(b));
    return withEtag(
      withProperties(stored, { agentPoolProfiles: pools.map((pool) => ({ name: pool.name, ...propertiesOf(pool) })) }),
    );
  },
  actions: {
    listclusteradmincredential: (existing) => {
      if (propertiesOf(existing).disableLocalAccounts === true) {
        throw clusterError(
          'DisableLocalAccounts',
          'Getting static credential is not allowed because this cluster is set to disable local accounts.',
        );
      }
      return { kubeconfigs: [kubeconfig('clusterAdmin', existing)] };
    },
    listclusterusercredential: (existing) => ({ kubeconfigs: [kubeconfig('clusterUser', existing)] }),
  },
};

function clusterChange(input: PutInput, context: ProviderContext): ProviderChange {
  const { envelope: given, properties: sent } = takeIn(clusterType, input.body);
  const name = nameIn(input.id);
  if (!/^[a-z0-9]([\w-]{0,61}[a-z0-9])?$/i.test(name)) {
    throw clusterError(
      'InvalidClusterName',
      `The cluster name '${name}' is invalid: 1 to 63 letters, digits, hyphens and underscores, a letter or digit at the ends.`,
      'name',
      'InvalidParameter',
    );
  }
  const envelope = withIdentity(input.id, given, context);
  if (envelope.identity === undefined && membersOf(sent.servicePrincipalProfile).clientId === undefined) {
    throw clusterError(
      'ServicePrincipalProfileMissing',
      'A cluster needs an identity or a service principal.',
      'servicePrincipalProfile',
      'InvalidParameter',
    );
  }
  const properties = clusterProperties(input, envelope, sent, context);
  const sentPools = listOf(sent.agentPoolProfiles).map(membersOf);
  const pools = sentPools.map((pool) => poolToStore(input, pool, properties, context));
  const draft: ClusterDraft = {
    id: input.id,
    apiVersion: input.apiVersion,
    envelope,
    properties,
    pools: pools.map(propertiesOf),
    existing: input.existing,
  };
  checkTierAndVersion(draft, context);
  checkPools(input, pools, context);
  checkNetworkProfile(draft, context);
  checkApiServer(draft, context);
  checkEgress(draft, context);
  checkAddons(draft, context);
  checkIdentityPermissions(draft, context);
  const group = nodeResourceGroup(input, envelope, properties, context);
  const identities = clusterIdentities(input, envelope, properties, group, context);
  const cluster = resourceOf(
    clusterType,
    input,
    { ...envelope, sku: { name: 'Base', tier: 'Free', ...membersOf(envelope.sku) } },
    {
      ...without(properties, 'agentPoolProfiles'),
      ...identities.properties,
      agentPoolProfiles: pools.map((pool) => pool.name),
    },
  );
  const record = apiServerRecord(cluster, context);
  return { put: [cluster, group, ...identities.made, ...pools, ...(record === undefined ? [] : [record])], delete: [] };
}

function poolToStore(input: PutInput, sent: Members, cluster: Members, context: ProviderContext): ArmResource {
  const { name, ...properties } = sent;
  const written = `${input.id}/agentPools/${String(name)}`;
  const id = context.view.get(written)?.id ?? written;
  const complete = poolProperties(properties, cluster);
  checkPool({ id, properties: complete }, cluster, context.view.get(id), context);
  return resourceOf(poolType, { id }, {}, complete);
}

/** A new cluster has a system pool; pools that a later PUT leaves out stay. */
function checkPools(input: PutInput, pools: readonly ArmResource[], context: ProviderContext): void {
  const kept = context.view.children(input.id, 'agentPools').filter((pool) => !pools.some(({ id }) => id === pool.id));
  const all = [...pools, ...kept];
  if (!all.some((pool) => propertiesOf(pool).mode === 'System')) {
    throw clusterError(
      'MissingSystemPool',
      'Must define at least one system pool.',
      'agentPoolProfiles',
      'InvalidParameter',
    );
  }
  const networks = new Set(
    all.flatMap((pool) => {
      const subnet = textOf(propertiesOf(pool).vnetSubnetID);
      return subnet === undefined ? [] : [subnet.toLowerCase().split('/subnets/')[0] ?? ''];
    }),
  );
  if (networks.size > 1) {
    throw clusterError(
      'AgentPoolsInDifferentVnets',
      'All agent pools must be in the same virtual network.',
      'agentPoolProfiles',
      'InvalidParameter',
    );
  }
  if (new Set(pools.map(({ name }) => name)).size < pools.length) {
    throw refusal(400, 'InvalidParameter', 'Agent pool names must be unique.', 'agentPoolProfiles');
  }
}

/** A kubeconfig without secrets: the address and name; the way in is Entra's. */
function kubeconfig(name: string, cluster: ArmResource): Members {
  const { privateFQDN, fqdn } = propertiesOf(cluster);
  const server = `https://${String(privateFQDN ?? fqdn)}:443`;
  const text = [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `- name: ${cluster.name}`,
    `  cluster: {server: '${server}'}`,
    'contexts:',
    `- name: ${cluster.name}`,
    `  context: {cluster: ${cluster.name}, user: ${name}_${cluster.name}}`,
    `current-context: ${cluster.name}`,
    'users:',
    `- name: ${name}_${cluster.name}`,
    '  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin, args: [get-token], interactiveMode: Never}}',
    '',
  ].join('\n');
  return { name, value: Buffer.from(text).toString('base64') };
}
