import { expect } from 'vitest';
import { ArmError } from './arm-error.ts';
import type { DeploymentScope } from './contract.ts';
import type { GivenParameters } from './given-parameters.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';

export const outline = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};

/** Everything that is wrong with a template, as sentences. */
export function messages(
  template: unknown,
  parameters: GivenParameters = {},
  scope?: DeploymentScope,
): readonly string[] {
  try {
    const context = offlineContext(scope === undefined ? {} : { scope });
    expandOffline({ template: readJson(JSON.stringify(template), 't.json'), parameters, context });
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    const { body } = error as ArmError;
    // Columns in a text of one line say nothing; that places are right has its own test.
    return (body.details ?? [body]).map((detail) => detail.message.replace(/column '\d+'/g, "column 'N'"));
  }
  return [];
}

/** The paths of what is wrong, as ARM shows them beside line and column. */
export function paths(template: unknown): readonly unknown[] {
  try {
    expandOffline({ template: readJson(JSON.stringify(template), 't.json') });
  } catch (error) {
    const { body } = error as ArmError;
    return (body.details ?? [body]).map(
      (detail) => (detail.additionalInfo?.[0]?.info as { readonly path?: unknown } | undefined)?.path,
    );
  }
  return [];
}

export const failed = (inner: string): string => `Deployment template validation failed: '${inner}'.`;
