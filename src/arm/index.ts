export { ArmError, type ArmErrorBody } from './arm-error.ts';
export { ExpressionFailure } from './arm-failures.ts';
export type {
  DeploymentContext,
  DeploymentScope,
  DeploymentValue,
  ExpandedResource,
  Expansion,
  ResourceBody,
  RuntimeProvider,
} from './contract.ts';
export { dependencyGraph } from './dependencies.ts';
export { type ExpandInput, expandTemplate } from './expand.ts';
export type { Expression } from './expression.ts';
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
