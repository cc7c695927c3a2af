import { atLine, ExpressionFailure } from './arm-failures.ts';
import type { DeploymentContext, DeploymentScope } from './contract.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { copyCount, evaluateText, located } from './evaluate-tree.ts';
import type { Frame } from './frame.ts';
import type { JsonPath } from './json-document.ts';
import { isInteger, isJsonObject, type JsonObject, jsonType, keyOf, member } from './json-value.ts';
import { maximumDeploymentNameLength, maximumResources } from './limits.ts';
import { printExpression } from './print-expression.ts';
import { isResidual } from './residual.ts';
import { isDeployment, type LoopPosition, type ResourceDraft } from './resource-draft.ts';
import { formatResourceId, idKey, parseResourceId, parseScope, scopeId } from './resource-id.ts';
import { readOptions } from './resource-options.ts';
import type { Violations } from './violations.ts';

interface Parent {
  readonly type: string;
  readonly name: string;
  readonly scope: string | undefined;
  readonly loop: LoopPosition | undefined;
}

/** Reads the resources of a template with their copies and children, flat, in template order. `context` says where they go. */
export function readResources(
  frame: Frame,
  environment: Environment,
  context: DeploymentContext,
  violations: Violations,
): readonly ResourceDraft[] {
  const reader = new ResourceReader(context, violations);
  for (const one of frame.model.resources)
    reader.read(one.value, one.path, environment, undefined, frame.model.symbolic ? one.name : undefined);
  if (reader.count > maximumResources)
    violations.add(
      `The number of template resources limit exceeded. Limit: '${maximumResources}' and actual: '${reader.count}'. Please see https://aka.ms/arm-template-limits for usage details.`,
      ['resources'],
    );
  reader.checkUnique();
  return reader.drafts;
}

/** One pass over the resources of one template; its identity is the list. */
class ResourceReader {
  readonly drafts: ResourceDraft[] = [];
  count = 0;
  readonly #context: DeploymentContext;
  readonly #violations: Violations;

  constructor(context: DeploymentContext, violations: Violations) {
    this.#context = context;
    this.#violations = violations;
  }

  read(
    value: unknown,
    path: JsonPath,
    environment: Environment,
    parent: Parent | undefined,
    symbolicName: string | undefined,
  ): void {
    if (!isJsonObject(value)) {
      this.#violations.add(`A template resource has to be an 'Object'. Actual '${jsonType(value)}'.`, path);
      return;
    }
    const copy = member(value, 'copy');
    if (!isJsonObject(copy)) {
      this.#one(value, path, environment, parent, symbolicName, parent?.loop);
      return;
    }
    if (parent !== undefined) {
      this.#violations.add(
        "The 'copy' property is not supported on a nested resource. Please see https://aka.ms/arm-copy for usage details.",
        path,
      );
      return;
    }
    this.#violations.attempt(path, this.#describe(value, path), () =>
      this.#copies(value, copy, path, environment, symbolicName),
    );
  }

  #copies(
    value: JsonObject,
    copy: JsonObject,
    path: JsonPath,
    environment: Environment,
    symbolicName: string | undefined,
  ): void {
    const copyPath = [...path, keyOf(value, 'copy') ?? 'copy'];
    const name = member(copy, 'name') ?? symbolicName;
    if (typeof name !== 'string' || name === '')
      throw new ExpressionFailure("The 'copy' of a resource has to have a 'name'.");
    const count = copyCount(member(copy, 'count'), environment, [...copyPath, keyOf(copy, 'count') ?? 'count']);
    const batchSize = this.#batchSize(copy, count, environment, copyPath);
    const loop = {};
    for (let index = 0; index < count; index++) {
      const copies: CopyFrame = { name, index, unnamed: true, outer: environment.copies };
      const position: LoopPosition = { name, loop, index, batchSize };
      this.#one(value, path, { ...environment, copies }, undefined, symbolicName, position);
      if (this.count > maximumResources * 2) return;
    }
  }

  /** How many iterations may run together; undefined when all may. */
  #batchSize(copy: JsonObject, count: number, environment: Environment, path: JsonPath): number | undefined {
    const value = (name: string): unknown => {
      const found = member(copy, name);
      return typeof found === 'string' ? located([...path, name], () => evaluateText(found, environment)) : found;
    };
    const mode = value('mode') ?? 'parallel';
    const word = typeof mode === 'string' ? mode.toLowerCase() : '';
    if (word !== 'serial' && word !== 'parallel')
      throw new ExpressionFailure(
        `The copy 'mode' '${String(mode)}' is not one of 'Parallel, Serial'. Please see https://aka.ms/arm-copy for usage details.`,
      );
    const batchSize = value('batchSize') ?? 1;
    if (!isInteger(batchSize) || batchSize < 1 || (count > 0 && batchSize > count && word === 'serial'))
      throw new ExpressionFailure(
        `The copy 'batchSize' '${String(batchSize)}' is not valid. The value should be between '1' and the count '${count}'. Please see https://aka.ms/arm-copy for usage details.`,
      );
    return word === 'serial' ? Number(batchSize) : undefined;
  }

  #one(
    raw: JsonObject,
    path: JsonPath,
    environment: Environment,
    parent: Parent | undefined,
    symbolicName: string | undefined,
    loop: LoopPosition | undefined,
  ): void {
    this.count++;
    if (this.count > maximumResources) return;
    const draft = this.#violations.attempt(path, this.#describe(raw, path), () =>
      this.#draft(raw, path, environment, parent, symbolicName, loop),
    );
    if (draft === undefined) return;
    this.drafts.push(draft.draft);
    const childrenKey = keyOf(raw, 'resources');
    const children = childrenKey === undefined ? undefined : raw[childrenKey];
    if (childrenKey === undefined || children === undefined || children === null) return;
    const inner: Parent = { type: draft.fullType, name: draft.fullName, scope: draft.scope, loop };
    if (Array.isArray(children))
      for (const [i, child] of children.entries())
        this.read(child, [...path, childrenKey, i], environment, inner, undefined);
    else if (isJsonObject(children) && symbolicName !== undefined)
      for (const [name, child] of Object.entries(children))
        this.read(child, [...path, childrenKey, name], environment, inner, name);
    else
      this.#violations.add(`The 'resources' of a resource have to be an 'Array'. Actual '${jsonType(children)}'.`, [
        ...path,
        childrenKey,
      ]);
  }

  #draft(
    raw: JsonObject,
    path: JsonPath,
    environment: Environment,
    parent: Parent | undefined,
    symbolicName: string | undefined,
    loop: LoopPosition | undefined,
  ) {
    const text = (name: string, required: boolean): string | undefined =>
      readText(raw, name, path, environment, required);
    for (const name of ['import', 'extension'])
      if (keyOf(raw, name) !== undefined)
        throw new ExpressionFailure(`'${name}' is not supported here: resources of extensions are not modelled`);
    const ownType = (text('type', true) as string).replace(/^\/|\/$/g, '');
    const ownName = (text('name', true) as string).replace(/^\/|\/$/g, '');
    const apiVersion = text('apiVersion', true) as string;
    if (!/^[\w.-]{1,64}$/.test(apiVersion))
      throw new ExpressionFailure(`The apiVersion '${apiVersion.slice(0, 80)}' is not valid.`);
    checkSegments(ownType, ownName, parent !== undefined);
    const fullType = parent === undefined ? ownType : `${parent.type}/${ownType}`;
    const fullName = parent === undefined ? ownName : `${parent.name}/${ownName}`;
    const deployment = isDeployment(fullType);
    const existing = member(raw, 'existing') === true;
    if (!deployment && !existing) refuseElsewhere(raw);
    const target = deployment ? this.#target(raw, path, environment) : undefined;
    const scope = deployment ? undefined : (text('scope', false) ?? parent?.scope);
    const container = target === undefined ? this.#container(scope, this.#elsewhere(text)) : scopeId(target);
    const id = formatResourceId({ scope: container, type: fullType, names: fullName.split('/') });
    if (deployment && fullName.length > maximumDeploymentNameLength)
      throw new ExpressionFailure(
        `The length of the deployment name '${fullName.slice(0, 80)}' exceeds the maximum of '${maximumDeploymentNameLength}' characters.`,
      );
    const parsed = parseResourceId(id);
    if (parsed === undefined)
      throw new ExpressionFailure(`The resource identificator '${id.slice(0, 200)}' is malformed.`);
    const draft: ResourceDraft = {
      path,
      raw,
      environment,
      id,
      key: idKey(id),
      type: parsed.type,
      name: parsed.names.join('/'),
      apiVersion,
      symbolicName,
      loop,
      condition: readCondition(raw, path, environment),
      existing,
      onlyIfNotExists: readOptions(raw, path, symbolicName !== undefined).onlyIfNotExists,
      target,
    };
    return { draft, fullType, fullName, scope };
  }

  /** The id of what a resource stands in: the scope around it, or what its `scope` names. */
  #container(scope: string | undefined, around: DeploymentScope): string {
    const own = scopeId(around);
    if (scope === undefined) return own;
    if (scope === '/') return '';
    if (scope.startsWith('/')) {
      if (parseResourceId(scope) === undefined)
        throw new ExpressionFailure(`The scope '${scope.slice(0, 200)}' is not valid.`);
      return scope.replace(/\/$/, '');
    }
    const [namespace, ...rest] = scope.split('/');
    if (rest.length < 2 || rest.length % 2 !== 0 || rest.includes(''))
      throw new ExpressionFailure(
        `The scope '${scope.slice(0, 200)}' is not valid: it has to be a resource id, or 'Namespace/type/name'.`,
      );
    const tenantLevel = /^microsoft\.management\/managementgroups\//i.test(scope);
    return `${tenantLevel ? '' : own}/providers/${namespace}/${rest.join('/')}`;
  }

  #target(raw: JsonObject, path: JsonPath, environment: Environment): DeploymentScope {
    const text = (name: string): string | undefined => readText(raw, name, path, environment, false);
    const scope = text('scope');
    if (scope !== undefined) {
      const parsed = parseScope(/^microsoft\.management\//i.test(scope) ? `/providers/${scope}` : scope);
      if (parsed === undefined)
        throw new ExpressionFailure(`The scope '${scope.slice(0, 200)}' of a nested deployment is not valid.`);
      return parsed;
    }
    return this.#elsewhere(text);
  }

  /** What `subscriptionId` and `resourceGroup` of a nested deployment or an existing resource name; the own scope without them. */
  #elsewhere(text: (name: string, required: boolean) => string | undefined): DeploymentScope {
    const own = this.#context.scope;
    const subscriptionId = text('subscriptionId', false);
    const resourceGroup = text('resourceGroup', false);
    if (resourceGroup === undefined)
      return subscriptionId === undefined ? own : { kind: 'subscription', subscriptionId };
    const subscription = subscriptionId ?? ('subscriptionId' in own ? own.subscriptionId : undefined);
    if (subscription === undefined)
      throw new ExpressionFailure("A 'resourceGroup' has to have a 'subscriptionId' beside it here");
    return { kind: 'resourceGroup', subscriptionId: subscription, resourceGroup };
  }

  #describe(raw: JsonObject, path: JsonPath): (inner: string) => string {
    const name = member(raw, 'name');
    return (inner) =>
      `The template resource '${typeof name === 'string' ? name : ''}'${atLine(this.#violations.place(path))} is not valid: ${inner}. Please see https://aka.ms/arm-syntax-resources for usage details.`;
  }

  /** Two resources with one id, unless a condition leaves one of them out. */
  checkUnique(): void {
    const seen = new Set<string>();
    for (const draft of this.drafts) {
      if (!draft.condition || draft.existing) continue;
      const { key } = draft;
      if (seen.has(key))
        this.#violations.add(
          `The resource '${draft.type}/${draft.name}'${atLine(this.#violations.place(draft.path))} is defined multiple times in a template. Please see https://aka.ms/arm-syntax-resources for usage details.`,
          draft.path,
        );
      seen.add(key);
    }
  }
}

/** A member that has to be a text, evaluated. What only a runtime knows is spelled as its expression. */
function readText(
  raw: JsonObject,
  name: string,
  path: JsonPath,
  environment: Environment,
  required: boolean,
): string | undefined {
  const key = keyOf(raw, name);
  const given = key === undefined ? undefined : raw[key];
  if (key === undefined || given === undefined || given === null) {
    if (required) throw new ExpressionFailure(`The required property '${name}' is missing`);
    return undefined;
  }
  return located([...path, key], () => {
    const value = typeof given === 'string' ? evaluateText(given, environment) : given;
    if (isResidual(value)) return printExpression(value.expression).replaceAll('/', '∕');
    if (typeof value !== 'string')
      throw new ExpressionFailure(`The property '${name}' has to be of type 'String'. Actual '${jsonType(value)}'`);
    if (value === '' && required) throw new ExpressionFailure(`The property '${name}' is empty`);
    return value;
  });
}

function readCondition(raw: JsonObject, path: JsonPath, environment: Environment): boolean {
  const key = keyOf(raw, 'condition');
  if (key === undefined) return true;
  return located([...path, key], () => {
    const given = raw[key];
    const value = typeof given === 'string' ? evaluateText(given, environment) : given;
    if (isResidual(value)) return true;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    throw new ExpressionFailure(`The 'condition' has to be of type 'Boolean'. Actual '${jsonType(value)}'`);
  });
}

/** Only deployments and resources that are there already may be in another group or subscription than the deployment. */
function refuseElsewhere(raw: JsonObject): void {
  for (const name of ['resourceGroup', 'subscriptionId'])
    if ((member(raw, name) ?? null) !== null)
      throw new ExpressionFailure(
        `The '${name}' property is not allowed for this resource: only a nested deployment or an existing resource has it`,
      );
}

function checkSegments(type: string, name: string, nested: boolean): void {
  const types = type.split('/');
  const names = name.split('/');
  if (types.includes('') || (!nested && types.length < 2))
    throw new ExpressionFailure(`The resource type '${type.slice(0, 200)}' is not valid`);
  if (types.length === names.length + (nested ? 0 : 1) && !names.includes('')) return;
  throw new ExpressionFailure(
    `The template resource '${name.slice(0, 200)}' for type '${type.slice(0, 200)}' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name`,
  );
}
