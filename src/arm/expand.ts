import type { Place } from '../kernel/place.ts';
import { ArmError } from './arm-error.ts';
import { atLine, ExpressionFailure, violation } from './arm-failures.ts';
import { checkAsserts } from './asserts.ts';
import type {
  DeploymentContext,
  DeploymentScope,
  ExpandedResource,
  Expansion,
  ResourceBody,
  RuntimeProvider,
} from './contract.ts';
import { dependenciesOf } from './dependencies.ts';
import type { Environment, ReferenceTarget, TemplateFrame } from './environment.ts';
import { evaluateTree, LocatedFailure, located } from './evaluate-tree.ts';
import { Frame } from './frame.ts';
import type { GivenParameters } from './given-parameters.ts';
import { documentOf, isJsonDocument, type JsonDocument } from './json-document.ts';
import { isJsonObject, type JsonObject, keyOf, member, setMember } from './json-value.ts';
import { maximumLinkDepth, maximumTemplateSize } from './limits.ts';
import { linkedDocument, linkedTemplateInvalid, nestedParameters, readLink, tooManyLinks } from './linked-content.ts';
import { lint } from './lint.ts';
import { Meter } from './meter.ts';
import { readOutputs } from './outputs.ts';
import { readResources } from './read-resources.ts';
import { markOpen, resolveOpen } from './residual.ts';
import { engineMembers, isDeployment, placeMembers, type ResourceDraft } from './resource-draft.ts';
import { indexResources, type ResourceIndex } from './resource-index.ts';
import { settle, sizeOf, tooLarge } from './settle.ts';
import { readTemplate } from './template-model.ts';
import { placeIn, type TemplateSource, Violations } from './violations.ts';

export interface ExpandInput {
  /** A document of `readJson` (errors then have places), or a plain value. */
  readonly template: unknown;
  readonly parameters?: GivenParameters;
  readonly context: DeploymentContext;
}

/**
 * Expands a template: parameters checked, variables worked out, copies unrolled, children flattened, dependencies found, and
 * everything but run-time functions evaluated. Throws `ArmError` (400 `InvalidTemplate`); when several things are wrong, all are in
 * its `details`.
 */
export function expandTemplate(input: ExpandInput): Expansion {
  const document: JsonDocument = isJsonDocument(input.template) ? input.template : documentOf(input.template);
  return expandSource(
    { document, prefix: [], links: 0 },
    document.value,
    input.parameters ?? {},
    input.context,
    undefined,
  );
}

/** `outer` is the environment whose parameters and variables the expressions use, for a nested template in outer scope. */
function expandSource(
  source: TemplateSource,
  value: unknown,
  parameters: GivenParameters,
  context: DeploymentContext,
  outer: Environment | undefined,
): Expansion {
  const violations = new Violations(source);
  const model = readTemplate(source, value, violations);
  const meter = new Meter();
  const size = sizeOf(value, maximumTemplateSize);
  if (size > maximumTemplateSize) violations.add(`${tooLarge().message}.`, []);
  violations.throwIfAny();
  const frame = new Frame(model, context, parameters, meter, violations);
  if (outer === undefined) frame.checkAll();
  const environment: Environment =
    outer === undefined ? frame.environment() : { ...outer, meter, runtime: undefined, runtimeAllowed: false };
  const drafts = readResources(frame, environment, context, violations);
  violations.throwIfAny();
  const index = indexResources(drafts);
  frame.setLookup((nameOrId) => index.lookup(nameOrId));
  const expander = new Expander(source, context, index, drafts, violations, outer !== undefined);
  const resources = drafts.map((draft) => expander.resource(draft));
  const outputs = readOutputs(model.outputs, environment, frame.typeScope, violations);
  checkAsserts(model.asserts, environment, violations);
  violations.throwIfAny();
  const done = resources.filter((resource) => resource !== undefined);
  return {
    size,
    resources: done,
    parameters: outer === undefined ? frame.recordedParameters() : {},
    outputs,
    warnings: lint({
      source,
      model,
      frame,
      drafts,
      resources: done,
      outer: outer !== undefined,
      references: expander.references,
    }),
  };
}

/** Makes resources of drafts; its identity is what has been expanded so far, for the limit on the whole. */
class Expander {
  /** Resources that bodies refer to by id, by the id of the one that refers. */
  readonly references = new Map<string, Set<string>>();
  readonly #source: TemplateSource;
  readonly #context: DeploymentContext;
  readonly #index: ResourceIndex;
  readonly #drafts: readonly ResourceDraft[];
  readonly #violations: Violations;
  readonly #inOuterScope: boolean;
  #size = 0;

  constructor(
    source: TemplateSource,
    context: DeploymentContext,
    index: ResourceIndex,
    drafts: readonly ResourceDraft[],
    violations: Violations,
    inOuterScope: boolean,
  ) {
    this.#source = source;
    this.#context = context;
    this.#index = index;
    this.#drafts = drafts;
    this.#violations = violations;
    this.#inOuterScope = inOuterScope;
  }

  resource(draft: ResourceDraft): ExpandedResource | undefined {
    const { name, raw, path } = draft;
    const at = atLine(this.#violations.place(path));
    const describe = (inner: string): string =>
      inner.includes('is not defined in the template')
        ? `${inner}.`
        : `The template resource '${name}'${at} is not valid: ${inner}. Please see https://aka.ms/arm-functions for usage details.`;
    return this.#violations.attempt(path, describe, () => {
      const implicit: string[] = [];
      const byId = new Set<string>();
      const environment = this.#bodyEnvironment(draft, implicit, byId);
      const body = evaluateBody(draft, environment);
      if (isDeployment(draft.type)) this.#referencesOfNested(draft, environment);
      this.#size += sizeOf(body, maximumTemplateSize);
      if (this.#size > maximumTemplateSize) throw tooLarge();
      const place = placeIn(this.#source, path);
      this.references.set(draft.id, byId);
      const nested = isDeployment(draft.type) && !draft.existing ? this.#nested(draft, environment, body) : undefined;
      return {
        id: draft.id,
        type: draft.type,
        apiVersion: draft.apiVersion,
        name: draft.name,
        ...(draft.symbolicName === undefined ? {} : { symbolicName: draft.symbolicName }),
        condition: draft.condition,
        existing: draft.existing,
        ...(draft.onlyIfNotExists ? { onlyIfNotExists: true } : {}),
        dependsOn: dependenciesOf(draft, this.#drafts, this.#index, implicit, this.#inOuterScope),
        ...(place === undefined ? {} : { place }),
        evaluate: (runtime) => this.#evaluate(draft, body, raw, runtime),
        ...(nested === undefined ? {} : { nested }),
      };
    });
  }

  #bodyEnvironment(draft: ResourceDraft, implicit: string[], byId: Set<string>): Environment {
    const { environment } = draft;
    const onReference = (target: ReferenceTarget): void => void implicit.push(target.id);
    const frame: TemplateFrame = watchIds(environment.frame, (id) => byId.add(id));
    return { ...environment, frame, runtimeAllowed: true, onReference };
  }

  /** In outer scope, what a nested template refers to by name has to come before the nested deployment. */
  #referencesOfNested(draft: ResourceDraft, environment: Environment): void {
    const properties = member(draft.raw, 'properties');
    if (!isJsonObject(properties) || evaluationScope(properties) === 'inner') return;
    const template = member(properties, 'template');
    const resources = isJsonObject(template) ? member(template, 'resources') : undefined;
    const outputs = isJsonObject(template) ? member(template, 'outputs') : undefined;
    for (const part of [resources, outputs]) collectReferences(part, environment);
  }

  #evaluate(draft: ResourceDraft, body: unknown, raw: JsonObject, runtime: RuntimeProvider): ResourceBody {
    try {
      const result = settle(body, runtime) as JsonObject;
      if (!isDeployment(draft.type)) return result;
      const properties = member(raw, 'properties');
      const template = isJsonObject(properties) ? member(properties, 'template') : undefined;
      if (template === undefined) return result;
      const settled = isJsonObject(result.properties) ? result.properties : {};
      return { ...result, properties: { ...settled, template } };
    } catch (error) {
      throw this.#asRunTimeError(draft, error);
    }
  }

  /** The words that ARM uses once a deployment runs. */
  #asRunTimeError(draft: ResourceDraft, error: unknown): unknown {
    const failure = error instanceof LocatedFailure ? error.failure : error;
    if (!(failure instanceof ExpressionFailure)) return error;
    const path = error instanceof LocatedFailure ? error.path : draft.path;
    const place = placeIn(this.#source, path);
    return new ArmError(400, {
      code: 'InvalidTemplate',
      message: `Unable to process template language expressions for resource '${draft.id}'${atLine(placeIn(this.#source, draft.path))}. '${failure.message}'`,
      additionalInfo: [violation(place)],
    });
  }

  #nested(draft: ResourceDraft, environment: Environment, body: unknown): NonNullable<ExpandedResource['nested']> {
    return (runtime) => {
      try {
        const path = [...draft.path, keyOf(draft.raw, 'properties') ?? 'properties'];
        return located(path, () => this.#expandNested(draft, environment, body, runtime));
      } catch (error) {
        throw this.#asRunTimeError(draft, error);
      }
    };
  }

  #expandNested(draft: ResourceDraft, environment: Environment, body: unknown, runtime: RuntimeProvider) {
    const known = resolveOpen(body, runtime);
    const properties = isJsonObject(known) ? member(known, 'properties') : undefined;
    const rawKey = keyOf(draft.raw, 'properties') ?? 'properties';
    const raw = draft.raw[rawKey];
    if (!isJsonObject(properties) || !isJsonObject(raw))
      throw new ExpressionFailure("A nested deployment has to have 'properties'");
    const mode = nestedMode(properties);
    const location = isJsonObject(known) ? member(known, 'location') : undefined;
    const context = nestedContext(this.#context, draft, typeof location === 'string' ? location : undefined);
    if (context.scope.kind !== 'resourceGroup' && (location ?? null) === null)
      throw withoutLocation(placeIn(this.#source, draft.path));
    const link = member(properties, 'templateLink');
    const templateKey = keyOf(raw, 'template');
    if (templateKey === undefined || raw[templateKey] === null) {
      const expansion = this.#expandLinked(draft, rawKey, properties, context);
      return { ...expansion, mode };
    }
    if (link !== undefined && link !== null)
      throw new ExpressionFailure("A nested deployment has either a 'template' or a 'templateLink', not both");
    const inner = evaluationScope(properties) === 'inner';
    const source: TemplateSource = {
      ...this.#source,
      prefix: [...this.#source.prefix, ...draft.path, rawKey, templateKey],
    };
    const expansion = expandSource(
      source,
      raw[templateKey],
      inner ? nestedParameters(properties, context, this.#source) : {},
      context,
      inner ? undefined : { ...environment, onReference: () => {} },
    );
    return { context, expansion, mode };
  }

  /** A linked template sees nothing of its parent but the parameters that it is given. */
  #expandLinked(draft: ResourceDraft, rawKey: string, properties: JsonObject, parent: DeploymentContext) {
    const place = placeIn(this.#source, [...draft.path, rawKey]);
    const link = readLink(properties, 'templateLink');
    if (link === undefined)
      throw new ExpressionFailure("A nested deployment has to have a 'template' or a 'templateLink'");
    if (this.#source.links >= maximumLinkDepth) throw tooManyLinks(link);
    const document = linkedDocument(link, parent, this.#source, place);
    const context: DeploymentContext = { ...parent, templateLink: link };
    const source: TemplateSource = { document, prefix: [], links: this.#source.links + 1 };
    try {
      const given = nestedParameters(properties, context, this.#source);
      return { context, expansion: expandSource(source, document.value, given, context, undefined) };
    } catch (error) {
      throw error instanceof ArmError ? linkedTemplateInvalid(document, error, place) : error;
    }
  }
}

/** The body of a resource without what is for the engine, run-time functions open. The template of a nested deployment is left out. */
function evaluateBody(draft: ResourceDraft, environment: Environment): unknown {
  const deployment = isDeployment(draft.type);
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(draft.raw)) {
    const lower = key.toLowerCase();
    if (engineMembers.has(lower) || placeMembers.has(lower)) continue;
    const path = [...draft.path, key];
    const given = deployment && lower === 'properties' && isJsonObject(value) ? without(value, 'template') : value;
    const runtimeAllowed = lower === 'properties' && environment.runtimeAllowed;
    setMember(result, key, evaluateTree(given, { ...environment, runtimeAllowed }, path));
  }
  return markOpen(result, Object.values(result));
}

function nestedMode(properties: JsonObject): string {
  const mode = member(properties, 'mode') ?? 'Incremental';
  if (typeof mode !== 'string' || !/^(incremental|complete)$/i.test(mode))
    throw new ExpressionFailure(`The deployment mode '${String(mode)}' is not one of 'Incremental, Complete'`);
  if (/^complete$/i.test(mode)) throw new ExpressionFailure("The mode of a nested deployment has to be 'Incremental'");
  return mode;
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key.toLowerCase() !== name));
}

function evaluationScope(properties: JsonObject): 'inner' | 'outer' {
  const options = member(properties, 'expressionEvaluationOptions');
  const scope = isJsonObject(options) ? member(options, 'scope') : undefined;
  return typeof scope === 'string' && scope.toLowerCase() === 'inner' ? 'inner' : 'outer';
}

/** Evaluates for the references in it only; what is wrong in a nested template is reported when its turn comes. */
function collectReferences(part: unknown, environment: Environment): void {
  if (Array.isArray(part)) for (const item of part) collectReferences(item, environment);
  else if (isJsonObject(part)) for (const item of Object.values(part)) collectReferences(item, environment);
  else if (typeof part === 'string' && part.startsWith('[')) {
    try {
      evaluateTree(part, environment);
    } catch (error) {
      const failure = error instanceof LocatedFailure ? error.failure : error;
      if (!(failure instanceof ExpressionFailure) || failure.fatal) throw error;
    }
  }
}

/** The same template, with every id that `reference` and `list*` are given told to `hear`. */
function watchIds(frame: TemplateFrame, hear: (id: string) => void): TemplateFrame {
  return {
    context: frame.context,
    parameter: (name) => frame.parameter(name),
    variable: (name) => frame.variable(name),
    userFunction: (namespace, name) => frame.userFunction(namespace, name),
    functionsMayNest: frame.functionsMayNest,
    deployment: () => frame.deployment(),
    lookup: (nameOrId) => {
      const found = frame.lookup(nameOrId);
      if (found.kind === 'resource') hear(found.target.id);
      return found;
    },
  };
}

/** The words are those of MicrosoftDocs/azure-docs, issue 60262. */
function withoutLocation(place: Place | undefined): ArmError {
  return new ArmError(400, {
    code: 'InvalidDeployment',
    message:
      "The 'location' property must be specified for the deployment. Please see https://aka.ms/deploy-to-subscription for usage details.",
    additionalInfo: [violation(place)],
  });
}

function nestedContext(
  parent: DeploymentContext,
  draft: ResourceDraft,
  location: string | undefined,
): DeploymentContext {
  const scope: DeploymentScope = draft.target ?? parent.scope;
  const subscriptionId = 'subscriptionId' in scope ? scope.subscriptionId : parent.subscription.subscriptionId;
  const sameSubscription = subscriptionId.toLowerCase() === parent.subscription.subscriptionId.toLowerCase();
  const { location: parentLocation, templateLink: _, ...rest } = parent;
  const itsLocation = scope.kind === 'resourceGroup' ? undefined : (location ?? parentLocation);
  return {
    ...rest,
    resourceGroup: (subscription, name) => parent.resourceGroup(subscription, name),
    newGuid: () => parent.newGuid(),
    ...(parent.managementGroup === undefined ? {} : { managementGroup: (name) => parent.managementGroup?.(name) }),
    ...(parent.linked === undefined ? {} : { linked: (link, from) => parent.linked?.(link, from) }),
    deploymentName: draft.name,
    scope,
    ...(itsLocation === undefined ? {} : { location: itsLocation }),
    subscription: sameSubscription ? parent.subscription : { subscriptionId, displayName: subscriptionId },
  };
}
