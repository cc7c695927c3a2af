/**
 * The language of Azure Resource Manager templates, alone: reading, expressions, expansion, resource ids, the dependency graph. It
 * needs no cloud and opens no file or socket.
 *
 * - `readJson` reads a template as leniently as ARM does and keeps line and column of every value.
 * - `expandOffline` answers everything that can be known without a cloud, nested and linked deployments included; what cannot is
 *   left as the expression that it is, and listed.
 * - `expandTemplate` with a `RuntimeProvider` is for whoever has resources to answer `reference()` and `list*()` from.
 * - What a template does wrong is an `ArmError` with ARM's code and message; a text that cannot be read is a `Problem`.
 *
 * Integers are 64 bits wide inside of expressions. One beyond 2^53 that would leave the engine as a JSON number is refused, because
 * a JavaScript number would not be the same integer: pass it on with `string()`.
 *
 * @example
 * const template = readJson(text, 'azuredeploy.json');
 * const { resources, outputs, unresolved, warnings } = expandOffline({ template });
 */

export { ArmError, type ArmErrorBody } from './arm-error.ts';
export { ExpressionFailure } from './arm-failures.ts';
export type {
  CloudFacts,
  DeploymentContext,
  DeploymentScope,
  DeploymentValue,
  ExpandedResource,
  Expansion,
  ResourceBody,
  RuntimeProvider,
  TemplateLink,
} from './contract.ts';
export { dependencyGraph } from './dependencies.ts';
export { type ExpandInput, expandTemplate } from './expand.ts';
export { children, type Expression, walkExpression } from './expression.ts';
export { functionNames } from './functions/table.ts';
export type { GivenParameter, GivenParameters } from './given-parameters.ts';
export { documentAt, documentOf, formatPath, type JsonDocument, type JsonPath } from './json-document.ts';
export { type ReadJsonOptions, readJson } from './json-reader.ts';
export {
  expandOffline,
  type OfflineExpansion,
  type OfflineInput,
  type OfflineResource,
  type OfflineSurroundings,
  offlineContext,
  type Unresolved,
} from './offline.ts';
export { readParameterFile } from './parameter-file.ts';
export { parseExpression } from './parse-expression.ts';
export { printExpression } from './print-expression.ts';
export {
  formatResourceId,
  idKey,
  parentId,
  parseResourceId,
  parseScope,
  type ResourceId,
  resourceType,
  sameId,
  scopeId,
} from './resource-id.ts';
export { symbolicRuntime } from './symbolic-runtime.ts';
export { escapeTemplateText, isExpression, type TemplateText, templateText } from './template-text.ts';
