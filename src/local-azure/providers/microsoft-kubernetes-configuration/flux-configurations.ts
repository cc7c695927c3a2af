import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, type Members, membersOf, textOf, textsOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound, scopeOf } from '../service-checks.ts';
import { extensionType } from './extensions.ts';

const type = 'Microsoft.KubernetesConfiguration/fluxConfigurations';

/** Which property each kind of source is in. */
const sources: Readonly<Record<string, string>> = {
  AzureBlob: 'azureBlob',
  Bucket: 'bucket',
  GitRepository: 'gitRepository',
  OCIRepository: 'ociRepository',
};

/**
 * GitOps configurations: stored and checked; what comes of an OCI artifact in a registry that is here is rendered afterwards
 * (`data-planes/cluster/reconcile.ts`), other sources stay Pending. Protected settings are not given back. Codes are named here (REST reference, Flux Configurations).
 */
export const fluxConfigurations: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2025-04-01',
    '2024-11-01',
    '2024-04-01-preview',
    '2023-05-01',
    '2022-11-01',
    '2022-07-01',
    '2022-03-01',
  ],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const cluster = requireFound(context, scopeOf(input.id), 'Microsoft.ContainerService/managedClusters');
    const flux = context.view
      .ofType(extensionType)
      .find(
        (extension) =>
          sameId(scopeOf(extension.id), cluster.id) && propertiesOf(extension).extensionType === 'microsoft.flux',
      );
    if (flux === undefined) {
      throw badRequest('FluxExtensionNotInstalled', `Cluster ${cluster.name} has no microsoft.flux extension.`);
    }
    checkSource(properties);
    const kustomizations = checkKustomizations(membersOf(properties.kustomizations), nameIn(input.id));
    const configuration = resourceOf(
      type,
      input,
      {},
      defined({
        ...without(properties, 'configurationProtectedSettings'),
        scope: properties.scope ?? 'cluster',
        namespace: properties.namespace ?? 'default',
        suspend: properties.suspend ?? false,
        kustomizations,
        complianceState: 'Pending',
        provisioningState: 'Succeeded',
        statuses: [],
        repositoryPublicKey: '',
      }),
    );
    return { put: [configuration], delete: [] };
  },
};

const invalid = (message: string): Error => badRequest('InvalidFluxConfiguration', message);

function checkSource(properties: Members): void {
  const kind = textOf(properties.sourceKind) ?? 'GitRepository';
  const property = sources[kind];
  if (property === undefined)
    throw invalid(`The source kind '${kind}' is not one of ${Object.keys(sources).join(', ')}.`);
  const source = membersOf(properties[property]);
  if (textOf(source.url) === undefined) throw invalid(`The source kind ${kind} needs ${property}.url.`);
  const other = Object.values(sources).find((name) => name !== property && properties[name] !== undefined);
  if (other !== undefined) throw invalid(`The source kind is ${kind}, and ${other} is set.`);
  const reference = membersOf(source.repositoryRef);
  if (kind === 'GitRepository' && Object.keys(reference).length === 0)
    throw invalid('A Git repository needs a repositoryRef.');
  if (kind === 'OCIRepository' && !String(source.url).startsWith('oci://'))
    throw invalid(`'${String(source.url)}' must begin with oci://.`);
}

function checkKustomizations(given: Members, name: string): Members {
  const entries = Object.entries(given).map(([key, value]) => [key, membersOf(value)] as const);
  for (const [key, kustomization] of entries) {
    const missing = textsOf(kustomization.dependsOn).find((other) => given[other] === undefined);
    if (missing !== undefined) throw invalid(`Kustomization '${key}' depends on '${missing}', which is not there.`);
  }
  const complete = entries.map(([key, kustomization]) => [
    key,
    {
      syncIntervalInSeconds: 600,
      timeoutInSeconds: 600,
      prune: false,
      force: false,
      path: '',
      dependsOn: [],
      ...kustomization,
      name: `${name}-${key}`.slice(0, 63),
    },
  ]);
  return Object.fromEntries(complete);
}
