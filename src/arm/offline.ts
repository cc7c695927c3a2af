import { ArmError } from './arm-error.ts';
import type {
  DeploymentContext,
  DeploymentScope,
  DeploymentValue,
  Expansion,
  ResourceBody,
  RuntimeProvider,
} from './contract.ts';
import { dependencyGraph } from './dependencies.ts';
import { expandTemplate } from './expand.ts';
import type { GivenParameters } from './given-parameters.ts';
import { maximumNestedExpansions, maximumNestedSize } from './limits.ts';
import { scopeId } from './resource-id.ts';
import { symbolicRuntime } from './symbolic-runtime.ts';

/** A resource with its body, run-time functions as template strings. */
export interface OfflineResource {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly condition: boolean;
  readonly existing: boolean;
  readonly onlyIfNotExists?: boolean;
  readonly dependsOn: readonly string[];
  /** The id of the nested deployment that it comes from. */
  readonly deployment?: string;
  readonly body: ResourceBody;
}

/** An expression that only a cloud can answer. */
export interface Unresolved {
  /** The id of the resource that it stands in, or `outputs`. */
  readonly in: string;
  readonly expression: string;
}

export interface OfflineExpansion {
  /** In template order, each nested deployment followed by what it holds. */
  readonly resources: readonly OfflineResource[];
  readonly outputs: Readonly<Record<string, DeploymentValue>>;
  readonly unresolved: readonly Unresolved[];
  readonly warnings: Expansion['warnings'];
}

export interface OfflineInput {
  readonly template: unknown;
  readonly parameters?: GivenParameters;
  /** @default `offlineContext()` */
  readonly context?: DeploymentContext;
}

/** Expands a template with no cloud, nested deployments included. Throws `ArmError` as `expandTemplate` and `dependencyGraph` do. */
export function expandOffline(input: OfflineInput): OfflineExpansion {
  const context = input.context ?? offlineContext();
  const expansion = expandTemplate({ ...input, context });
  const walk = new OfflineWalk();
  walk.expansion(expansion, undefined);
  const outputs = expansion.outputs(walk.listening('outputs'));
  return { resources: walk.resources, outputs, unresolved: walk.unresolved, warnings: walk.warnings };
}

/** One walk through an expansion and what is nested in it; its identity is what has been found. */
class OfflineWalk {
  readonly resources: OfflineResource[] = [];
  readonly unresolved: Unresolved[] = [];
  readonly warnings: Expansion['warnings'][number][] = [];
  readonly #known = new Set<string>();
  #nested = 0;
  #size = 0;

  /** A symbolic runtime that notes what it is asked on behalf of a resource. */
  listening(where: string): RuntimeProvider {
    return symbolicRuntime((expression) => {
      const key = `${where}\n${expression}`;
      if (this.#known.has(key)) return;
      this.#known.add(key);
      this.unresolved.push({ in: where, expression });
    });
  }

  expansion(expansion: Expansion, deployment: string | undefined): void {
    dependencyGraph(expansion);
    this.warnings.push(...expansion.warnings);
    for (const resource of expansion.resources) {
      const runtime = this.listening(resource.id);
      const { id, type, apiVersion, name, condition, existing, onlyIfNotExists, dependsOn } = resource;
      const body = resource.evaluate(runtime);
      this.resources.push({
        id,
        type,
        apiVersion,
        name,
        condition,
        existing,
        ...(onlyIfNotExists === true ? { onlyIfNotExists } : {}),
        dependsOn,
        ...(deployment === undefined ? {} : { deployment }),
        body: resource.nested === undefined ? body : withoutTemplate(body),
      });
      if (resource.nested === undefined || !condition) continue;
      this.#nested++;
      if (this.#nested > maximumNestedExpansions)
        throw new ArmError(400, {
          code: 'InvalidTemplate',
          message: `Deployment template validation failed: 'More than '${maximumNestedExpansions}' nested deployments are not expanded.'.`,
        });
      const { expansion: inner } = resource.nested(runtime);
      this.#size += inner.size;
      if (this.#size > maximumNestedSize) throw tooMuchNested();
      this.expansion(inner, id);
    }
  }
}

function tooMuchNested(): ArmError {
  return new ArmError(400, {
    code: 'InvalidTemplate',
    message: `Deployment template validation failed: 'The nested templates together exceed the limit of '${maximumNestedSize}' characters.'.`,
  });
}

/** The template of a nested deployment is shown as the resources that it makes. */
function withoutTemplate(body: ResourceBody): ResourceBody {
  const properties = body.properties as { readonly [key: string]: unknown } | undefined;
  if (properties === undefined) return body;
  return {
    ...body,
    properties: Object.fromEntries(Object.entries(properties).filter(([key]) => key.toLowerCase() !== 'template')),
  };
}

const zeroGuid = '00000000-0000-0000-0000-000000000000';

export interface OfflineSurroundings {
  readonly scope?: DeploymentScope;
  readonly deploymentName?: string;
  readonly location?: string;
  readonly now?: Date;
  /** Content of links: see `DeploymentContext.linked`. @default links are refused */
  readonly linked?: NonNullable<DeploymentContext['linked']>;
  /** @default 'unknown': functions that only a cloud can answer stay symbolic */
  readonly cloud?: DeploymentContext['cloud'];
  readonly externalInputs?: DeploymentContext['externalInputs'];
}

/**
 * Surroundings for a template that goes nowhere: the public cloud, and unless told otherwise a group `resource-group` of a
 * subscription of zeros. `newGuid()` counts, so that an expansion is the same every time.
 */
export function offlineContext(surroundings: OfflineSurroundings = {}): DeploymentContext {
  const scope = surroundings.scope ?? {
    kind: 'resourceGroup',
    subscriptionId: zeroGuid,
    resourceGroup: 'resource-group',
  };
  const subscriptionId = 'subscriptionId' in scope ? scope.subscriptionId : zeroGuid;
  const location = surroundings.location ?? 'westeurope';
  let guids = 0;
  return {
    deploymentName: surroundings.deploymentName ?? 'deployment',
    scope,
    ...(scope.kind === 'resourceGroup' ? {} : { location }),
    tenantId: zeroGuid,
    subscription: { subscriptionId, displayName: 'subscription' },
    resourceGroup: (subscription, name) => ({
      id: scopeId({ kind: 'resourceGroup', subscriptionId: subscription, resourceGroup: name }),
      name,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      properties: { provisioningState: 'Succeeded' },
    }),
    environment: publicCloud,
    deployer: { objectId: zeroGuid, tenantId: zeroGuid },
    now: surroundings.now ?? new Date(0),
    newGuid: () => `${zeroGuid.slice(0, 24)}${String(++guids).padStart(12, '0')}`,
    cloud: surroundings.cloud ?? 'unknown',
    ...(surroundings.linked === undefined ? {} : { linked: surroundings.linked }),
    ...(surroundings.externalInputs === undefined ? {} : { externalInputs: surroundings.externalInputs }),
  };
}

/** What `environment()` returns in the public cloud (learn.microsoft.com, "Deployment functions", environment). */
const publicCloud = {
  name: 'AzureCloud',
  gallery: 'https://gallery.azure.com/',
  graph: 'https://graph.windows.net/',
  portal: 'https://portal.azure.com',
  graphAudience: 'https://graph.windows.net/',
  activeDirectoryDataLake: 'https://datalake.azure.net/',
  batch: 'https://batch.core.windows.net/',
  media: 'https://rest.media.azure.net',
  sqlManagement: 'https://management.core.windows.net:8443/',
  vmImageAliasDoc:
    'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
  resourceManager: 'https://management.azure.com/',
  authentication: {
    loginEndpoint: 'https://login.microsoftonline.com/',
    audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
    tenant: 'common',
    identityProvider: 'AAD',
  },
  suffixes: {
    acrLoginServer: '.azurecr.io',
    azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
    azureDatalakeStoreFileSystem: 'azuredatalakestore.net',
    azureFrontDoorEndpointSuffix: 'azurefd.net',
    keyvaultDns: '.vault.azure.net',
    sqlServerHostname: '.database.windows.net',
    storage: 'core.windows.net',
  },
} as const;
