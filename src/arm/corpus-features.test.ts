import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/*
 * What the language room has to do, feature by feature, and the corpus cases that do it. `shown` is what has to stand in one of the
 * files of the case, so that the index cannot name a case that does not use the feature.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../test/corpus/arm');

interface Feature {
  readonly case: string;
  readonly shown: RegExp;
}

const features: Readonly<Record<string, Feature>> = {
  comments: { case: 'comments-and-raw-newlines', shown: /^\s*\/\//m },
  'raw newlines in strings': { case: 'comments-and-raw-newlines', shown: /"[^"\n]*\n[^"]*"/ },
  'trailing commas': { case: 'comments-and-raw-newlines', shown: /,\s*[}\]]/ },
  '[[ escape': { case: 'escapes-and-property-names', shown: /"\[\[/ },
  'expressions in property names': { case: 'escapes-and-property-names', shown: /"\[[^"]+\]":/ },
  'case-insensitive names': { case: 'parameters-and-defaults', shown: /PARAMETERS\(|Parameters\(|parameters\('[A-Z]/ },
  'parameter types and constraints': {
    case: 'parameters-and-defaults',
    shown: /"(minValue|maxValue|allowedValues|minLength)"/,
  },
  'parameter metadata': { case: 'parameters-and-defaults', shown: /"metadata"/ },
  'secure parameters': { case: 'vault-references', shown: /"securestring"/i },
  'Key Vault references': { case: 'vault-references', shown: /"keyVault"/ },
  'parameters as external inputs': { case: 'externally-given-parameters', shown: /externalInputs\('/ },
  variables: { case: 'copy-variables-and-outputs', shown: /"variables"/ },
  'copy of variables': { case: 'copy-variables-and-outputs', shown: /"copy": \[/ },
  'copy of outputs': { case: 'copy-variables-and-outputs', shown: /"outputs"[\s\S]*"copy": \{/ },
  'copy of properties': { case: 'copy-properties', shown: /"copy": \[/ },
  'user functions': { case: 'user-functions', shown: /"namespace"/ },
  'languageVersion 2.0': { case: 'language-2.0-symbolic', shown: /"languageVersion": "2\.0"/ },
  'symbolic names': { case: 'language-2.0-symbolic', shown: /"resources": \{/ },
  'existing resources': { case: 'language-2.0-symbolic', shown: /"existing": true/ },
  'resources made once': { case: 'language-2.0-symbolic', shown: /"onlyIfNotExists": \[\]/ },
  'definitions and $ref': { case: 'language-2.0-types', shown: /"\$ref": "#\/definitions\// },
  nullable: { case: 'language-2.0-types', shown: /"nullable": true/ },
  discriminator: { case: 'language-2.0-types', shown: /"discriminator"/ },
  prefixItems: { case: 'language-2.0-types', shown: /"prefixItems"/ },
  sealed: { case: 'refused-language-2.0-sealed', shown: /"(sealed": true|additionalProperties": false)/ },
  'copy in parallel': { case: 'copy-resources-parallel', shown: /"copy": \{/ },
  'copy in batches': { case: 'copy-resources-serial-batches', shown: /"batchSize"/ },
  'copy of none': { case: 'copy-resources-none', shown: /"defaultValue": \[\]/ },
  conditions: { case: 'conditions', shown: /"condition"/ },
  'nested, inner scope': { case: 'nested-inner-scope', shown: /"scope": "inner"/i },
  'nested, outer scope': { case: 'nested-outer-scope', shown: /"template"/ },
  'nested in a copy': { case: 'nested-in-a-copy', shown: /"copy"/ },
  'nested into another resource group': { case: 'nested-outer-scope', shown: /"resourceGroup": "other"/ },
  'nested into the subscription': { case: 'nested-to-the-subscription', shown: /"subscriptionId"/ },
  'nested into a management group': { case: 'nested-to-management-group-and-tenant', shown: /managementGroups\/mg"/ },
  'nested into the tenant': { case: 'nested-to-management-group-and-tenant', shown: /"scope": "\/"/ },
  'subscription scope': { case: 'subscription-scope', shown: /resourceGroups/ },
  'management group scope': { case: 'management-group-scope', shown: /managementGroups/ },
  'tenant scope': { case: 'tenant-scope', shown: /"scope": "\/?"/ },
  'linked templates': { case: 'linked-templates', shown: /"relativePath"/ },
  'linked templates inside linked ones': { case: 'linked-templates', shown: /"leaf\.json"/ },
  'template specs': { case: 'linked-template-spec', shown: /templateSpecs/ },
  'linked parameters': { case: 'linked-template-spec', shown: /"parametersLink"/ },
  'links that lead nowhere': { case: 'refused-link-not-found', shown: /InvalidContentLink/ },
  'links in a circle': { case: 'refused-link-to-itself', shown: /"relativePath": "template\.json"/ },
  'reference and list* symbolic, listed as unresolved': { case: 'symbolic-folding', shown: /"unresolved"/ },
  'functions that only a cloud answers': { case: 'zones-stay-symbolic', shown: /pickZones\(/ },
  'dependsOn by id, name, loop': { case: 'dependencies-by-every-name', shown: /"dependsOn"/ },
  'implicit dependencies': { case: 'implicit-dependencies', shown: /reference\('/ },
  'no implicit dependency by id': { case: 'implicit-dependencies', shown: /reference\(resourceId\(/ },
  'implicit dependencies of nested templates': { case: 'nested-outer-implicit-dependency', shown: /reference\(/ },
  'circular dependencies': { case: 'refused-circular-dependency', shown: /Circular dependency/ },
  'children in parents': { case: 'children-nested-in-parents', shown: /"resources"/ },
  'extension resources': { case: 'extension-resources', shown: /"scope"/ },
  'limit of resources': { case: 'refused-too-many-resources', shown: /'800'/ },
  'limit of copies': { case: 'refused-too-many-copies', shown: /800/ },
  'limits of parameters, variables, outputs': { case: 'refused-too-many-of-everything', shown: /"p256"/ },
  'limit of an expression': { case: 'refused-long-expression', shown: /'24576'/ },
  'several errors at once': { case: 'refused-several-at-once', shown: /"count": [2-9]/ },
  'line of an error': { case: 'refused-segment-lengths', shown: /"line"/ },
  asserts: { case: 'asserts', shown: /"asserts"/ },
  'false asserts': { case: 'refused-assert', shown: /it is false/ },
  'extensions, refused by name': { case: 'refused-extensions', shown: /"extensions"/ },
  'existing resources in other groups and scopes': {
    case: 'bicep-existing-elsewhere',
    shown: /"resourceGroup": "shared"/,
  },
  'modules in loops, outputs collected': { case: 'bicep-module-loop', shown: /references\('nsgs'\)/ },
  'secure outputs of modules': { case: 'bicep-module-secure-outputs', shown: /listOutputsWithSecureValues\(/ },
  'modules with a condition': { case: 'bicep-conditional-module', shown: /if\(parameters\('logs'\), reference\(/ },
  'modules to every scope': { case: 'bicep-management-group-modules', shown: /"resourceGroup": "g"/ },
  'tagged unions': { case: 'bicep-tagged-union', shown: /"mapping"/ },
  'resource-derived types': { case: 'bicep-tagged-union', shown: /__bicep_resource_derived_type!/ },
  'functions that call functions': { case: 'bicep-functions', shown: /__bicep\.greet\(/ },
  'safe dereference and spread': { case: 'bicep-safe-dereference', shown: /tryIndexFromEnd\(/ },
  'scopes of extension resources': { case: 'bicep-extension-scopes', shown: /"scope": "\[format\(/ },
  'templates of 2015': { case: 'written-by-hand-in-2015', shown: /2015-01-01\/deploymentTemplate/ },
  'names that differ in case only': { case: 'refused-one-name-twice', shown: /is the same name/ },
  'lint: missing dependsOn': { case: 'lints-dependencies', shown: /ARM_MISSING_DEPENDS_ON/ },
  'lint: secret in a plain parameter': { case: 'lints', shown: /ARM_PLAIN_SECRET/ },
  'lint: secret in an output': { case: 'lints', shown: /ARM_SECRET_OUTPUT/ },
  'lint: outer scope leaks': { case: 'lints', shown: /ARM_OUTER_SCOPE_SECRET/ },
  'lint: unused parameter': { case: 'lints', shown: /ARM_UNUSED_PARAMETER/ },
  'lint: unused variable': { case: 'lints', shown: /ARM_UNUSED_VARIABLE/ },
  'lint: unreachable condition': { case: 'lints-conditions', shown: /ARM_UNREACHABLE/ },
  'lint: api-version past its end': { case: 'lints-api-versions', shown: /ARM_API_VERSION_ENDED/ },
};

function textOf(name: string): string {
  const folder = path.join(root, name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('the corpus uses every feature', () => {
  test.each(Object.entries(features))('%s', (_, feature) => {
    expect(textOf(feature.case)).toMatch(feature.shown);
  });
});
