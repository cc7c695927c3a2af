import type { Json } from '../kernel/canonical-json.ts';
import type { Resource } from '../model/resource.ts';
import type { Scope } from '../model/scope.ts';
import type { Catalog } from './catalog.ts';
import { dependencyExpression, type Target } from './expression.ts';
import type { Layout, Nested } from './layout.ts';
import { type RenderContext, renderResource, targetOf } from './render-resource.ts';
import { type Entry, withSymbolicNames } from './symbolic-names.ts';
import { declarations, type ParameterName, parametersOf, type TemplateParameters } from './template-parameters.ts';

type JsonObject = { readonly [key: string]: Json | undefined };

const deploymentType = 'Microsoft.Resources/deployments';
/** The version of Microsoft.Resources/deployments that nested deployments are written in, unless a blueprint says another. */
const newestDeployments = '2025-04-01';
const contentVersion = '1.0.0.0';
const schemas = 'https://schema.management.azure.com/schemas';
const schemaNames = {
  subscription: {
    template: '2018-05-01/subscriptionDeploymentTemplate.json#',
    parameters: '2018-05-01/subscriptionDeploymentParameters.json#',
  },
  resourceGroup: {
    template: '2019-04-01/deploymentTemplate.json#',
    parameters: '2019-04-01/deploymentParameters.json#',
  },
} as const;

/** A template with its parameter file, as JSON values in writing order. */
export interface RenderedDeployment {
  readonly template: JsonObject;
  readonly parameters: JsonObject;
}

/** Renders one deployment; nothing in it depends on the subscription that it goes to. */
export function renderDeployment(
  layout: Layout,
  catalog: Catalog,
  nestedVersion: string = newestDeployments,
): RenderedDeployment {
  const all = [...layout.resources, ...layout.nested.flatMap((nested) => nested.resources)];
  const parameters = parametersOf(all);
  const context: RenderContext = { catalog, scope: layout.scope, parameters };
  const entries: readonly Entry[] = [
    ...layout.resources.map((resource) => ({
      target: targetOf(resource),
      body: renderResource(resource, outerDependencies([resource], layout, catalog), context),
    })),
    ...layout.nested.map((nested) => ({
      target: { type: deploymentType, names: [nested.name], scope: nested.scope },
      body: { ...renderNested(nested, layout, catalog, parameters), apiVersion: nestedVersion },
    })),
  ];
  const declared = used(
    parameters,
    entries.map(({ body }) => body),
  );
  return {
    template: template(layout.scope, entries, declared, layout.resources.some(isOnce)),
    parameters: {
      $schema: `${schemas}/${schemaNames[layout.scope.kind].parameters}`,
      contentVersion,
      parameters: Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, { value }])),
    },
  };
}

const isOnce = ({ once }: Resource): boolean => once === true;

function template(
  scope: Scope,
  entries: readonly Entry[],
  parameters: TemplateParameters,
  symbolic: boolean,
): JsonObject {
  const names = Object.keys(parameters) as ParameterName[];
  return {
    $schema: `${schemas}/${schemaNames[scope.kind].template}`,
    ...(symbolic ? { languageVersion: '2.0' } : {}),
    contentVersion,
    parameters: Object.fromEntries(
      names.map((name) => [
        name,
        { type: declarations[name].type, metadata: { description: declarations[name].description } },
      ]),
    ),
    resources: symbolic ? withSymbolicNames(entries, scope) : entries.map(({ body }) => body),
  };
}

/** Those of the parameters that the resources mention. */
function used(parameters: TemplateParameters, resources: readonly JsonObject[]): TemplateParameters {
  const text = JSON.stringify(resources);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => text.includes(`parameters('${name}')`)));
}

function renderNested(nested: Nested, layout: Layout, catalog: Catalog, parameters: TemplateParameters): JsonObject {
  const context: RenderContext = { catalog, scope: nested.scope, parameters };
  const inside = new Set(nested.resources.map((resource) => resource.key));
  const entries = nested.resources.map((resource): Entry => {
    const needs = [...(layout.needs.get(resource.key) ?? [])].filter((key) => inside.has(key));
    return {
      target: targetOf(resource),
      body: renderResource(resource, expressions(targets(needs, catalog), nested.scope), context),
    };
  });
  const passed = used(
    parameters,
    entries.map(({ body }) => body),
  );
  const dependsOn = outerDependencies(nested.resources, layout, catalog);
  return {
    type: deploymentType,
    apiVersion: newestDeployments,
    name: nested.name,
    ...(nested.scope.kind === 'resourceGroup'
      ? { resourceGroup: nested.scope.name }
      : { subscriptionId: '[subscription().subscriptionId]', location: '[resourceGroup().location]' }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'Inner' },
      parameters: Object.fromEntries(Object.keys(passed).map((name) => [name, { value: `[parameters('${name}')]` }])),
      template: template(nested.scope, entries, passed, nested.resources.some(isOnce)),
    },
  };
}

/** `dependsOn` of an entry of the outer template that carries `resources`: other entries, whether resource or nested deployment. */
function outerDependencies(resources: readonly Resource[], layout: Layout, catalog: Catalog): readonly string[] {
  const carried = new Set(resources.map((resource) => resource.key));
  const found: Target[] = [];
  for (const resource of resources) {
    for (const key of layout.needs.get(resource.key) ?? []) {
      if (carried.has(key)) continue;
      const nested = layout.nestedOf.get(key);
      if (nested === undefined) found.push(...targets([key], catalog));
      else found.push({ type: deploymentType, names: [nested.name], scope: nested.scope });
    }
  }
  return expressions(found, layout.scope);
}

function targets(keys: readonly string[], catalog: Catalog): readonly Target[] {
  return keys.map((key) => targetOf(catalog.get(key) as Resource));
}

/** Each once, sorted, so that the order in which properties mention resources does not show. */
function expressions(list: readonly Target[], from: Scope): readonly string[] {
  return [...new Set(list.map((target) => `[${dependencyExpression(target, from)}]`))].sort();
}
