import type { DeploymentContext, DeploymentScope, RuntimeProvider } from '../contract.ts';
import { expandTemplate } from '../expand.ts';
import { offlineContext } from '../offline.ts';

/** What an expression finds around it. */
export interface Given {
  readonly parameters?: Record<string, unknown>;
  readonly variables?: Record<string, unknown>;
  /** With symbolic names. */
  readonly resources?: Record<string, unknown>;
  /** @default the resource group `rg` of `subscription` */
  readonly scope?: DeploymentScope;
  readonly context?: Partial<DeploymentContext>;
  /** @default nothing is there */
  readonly runtime?: RuntimeProvider;
}

/** The value of an expression in the output of an otherwise empty template. */
export function evaluated(expression: string, given: Given = {}): unknown {
  const parameters = Object.fromEntries(
    Object.entries(given.parameters ?? {}).map(([name, value]) => [
      name,
      { type: typeName(value), defaultValue: value },
    ]),
  );
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    languageVersion: '2.0',
    definitions: {},
    parameters,
    variables: given.variables ?? {},
    resources: given.resources ?? {},
    outputs: { result: { type: 'array', value: [expression] } },
  };
  const now = new Date('2019-03-05T17:53:18Z');
  const scope = given.scope ?? { kind: 'resourceGroup', subscriptionId: subscription, resourceGroup: 'rg' };
  const context = { ...offlineContext({ now, scope, deploymentName: 'main' }), ...given.context };
  const expansion = expandTemplate({ template, context });
  const items = expansion.outputs(given.runtime ?? nothingThere).result?.value;
  if (!Array.isArray(items)) throw new TypeError('the output is not an array');
  return items[0];
}

export const subscription = '11111111-2222-3333-4444-555555555555';

/** A cloud with nothing in it. */
export const nothingThere: RuntimeProvider = {
  resource: () => undefined,
  action: (id, action) => {
    throw new Error(`${action} of ${id} is not there`);
  },
};

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  return typeof value === 'string' ? 'string' : 'object';
}
