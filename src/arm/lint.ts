import type { Place } from '../kernel/place.ts';
import { ExpressionFailure } from './arm-failures.ts';
import type { ExpandedResource, Expansion } from './contract.ts';
import { parseCached } from './evaluate-tree.ts';
import { type CallExpression, type Expression, walkExpression } from './expression.ts';
import type { Frame } from './frame.ts';
import type { JsonPath } from './json-document.ts';
import { isJsonObject, type JsonObject, keyOf, member } from './json-value.ts';
import { endedApiVersion } from './lint-api-versions.ts';
import { fixedCondition } from './lint-conditions.ts';
import { isDeployment, type ResourceDraft } from './resource-draft.ts';
import { idKey } from './resource-id.ts';
import { type Named, schemaForm, type TemplateModel } from './template-model.ts';
import { isExpression } from './template-text.ts';
import { placeIn, type TemplateSource } from './violations.ts';

export interface LintInput {
  readonly source: TemplateSource;
  readonly model: TemplateModel;
  readonly frame: Frame;
  readonly drafts: readonly ResourceDraft[];
  readonly resources: readonly ExpandedResource[];
  /** The template is nested in outer scope: its names belong to its parent. */
  readonly outer: boolean;
  /** Ids that each resource refers to, by the id of the one that refers. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>;
}

type Warning = Expansion['warnings'][number];

/** What ARM accepts and somebody will regret. */
export function lint(input: LintInput): readonly Warning[] {
  return [
    ...missingDependencies(input),
    ...endedVersions(input),
    ...schemaOfAnotherScope(input),
    ...(input.outer
      ? []
      : [...unused(input), ...plainSecrets(input), ...leakingSecrets(input), ...fixedConditions(input)]),
  ];
}

function warning(input: LintInput, code: string, message: string, path: JsonPath): Warning {
  const place: Place | undefined = placeIn(input.source, path);
  return { code, message, ...(place === undefined ? {} : { place }) };
}

const schemaOf = {
  resourceGroup: 'deploymentTemplate',
  subscription: 'subscriptionDeploymentTemplate',
  managementGroup: 'managementGroupDeploymentTemplate',
  tenant: 'tenantDeploymentTemplate',
} as const;

/** The service takes any schema at any scope (Azure/deployment-stacks, issue 33); editors and whoever reads it are misled. */
function schemaOfAnotherScope(input: LintInput): readonly Warning[] {
  const key = keyOf(input.model.value, '$schema');
  const [, , name] = schemaForm.exec(String(key === undefined ? '' : input.model.value[key])) ?? [];
  const wanted = schemaOf[input.frame.context.scope.kind];
  if (key === undefined || name === undefined || name.toLowerCase() === wanted.toLowerCase()) return [];
  return [
    warning(
      input,
      'ARM_SCHEMA_OF_ANOTHER_SCOPE',
      `The schema of this template is '${name}'; a deployment of this scope has '${wanted}'. It is deployed all the same, and editors check it by the wrong rules.`,
      [key],
    ),
  ];
}

/** Each type and api-version once, at the first resource that has it. */
function endedVersions(input: LintInput): readonly Warning[] {
  const first = new Map<string, ResourceDraft>();
  for (const draft of input.drafts) {
    const key = `${draft.type}@${draft.apiVersion}`.toLowerCase();
    if (!first.has(key)) first.set(key, draft);
  }
  return [...first.values()].flatMap((draft) => {
    const ended = endedApiVersion(draft.type, draft.apiVersion, input.frame.context.now);
    if (ended === undefined) return [];
    const key = keyOf(draft.raw, 'apiVersion');
    return [
      warning(
        input,
        'ARM_API_VERSION_ENDED',
        `The api-version ${draft.apiVersion} of ${draft.type} ended on ${ended.end}: ${ended.source}`,
        key === undefined ? draft.path : [...draft.path, key],
      ),
    ];
  });
}

/** Conditions of resources and outputs that come out the same whatever parameters are given. */
function fixedConditions(input: LintInput): readonly Warning[] {
  const resources = input.drafts.filter((draft) => (draft.loop?.index ?? 0) === 0);
  const parts = [
    ...resources.map((draft) => ({ what: `${draft.type} "${draft.name}"`, raw: draft.raw, path: draft.path })),
    ...input.model.outputs.map((one) => ({ what: `The output "${one.name}"`, raw: one.value, path: one.path })),
  ];
  return parts.flatMap(({ what, raw, path }) => {
    const key = isJsonObject(raw) ? keyOf(raw, 'condition') : undefined;
    const condition = isJsonObject(raw) && key !== undefined ? raw[key] : undefined;
    const expression = typeof condition === 'string' ? parsedText(condition) : undefined;
    const fixed =
      typeof condition === 'boolean'
        ? condition
        : expression === undefined
          ? undefined
          : fixedCondition(expression, input.model, parsedText);
    if (fixed === undefined || key === undefined) return [];
    const message = fixed
      ? `${what} has a condition that is always true.`
      : `${what} can never be reached: its condition is false whatever parameters are given.`;
    return [warning(input, fixed ? 'ARM_CONDITION_ALWAYS_TRUE' : 'ARM_UNREACHABLE', message, [...path, key])];
  });
}

/** The expression of a text; undefined when it is none, or does not parse. */
function parsedText(text: string): Expression | undefined {
  if (!isExpression(text)) return undefined;
  try {
    return parseCached(text);
  } catch (error) {
    if (error instanceof ExpressionFailure) return undefined;
    throw error;
  }
}

/** `reference(id)` and `list*(id)` of a resource of the same template do not wait for it. */
function missingDependencies(input: LintInput): readonly Warning[] {
  if (![...input.references.values()].some((ids) => ids.size > 0)) return [];
  const byKey = new Map(input.resources.map((one) => [idKey(one.id), one]));
  const waitsFor = ancestors(input.resources);
  return input.drafts.flatMap((draft) =>
    [...(input.references.get(draft.id) ?? [])]
      .filter((id) => {
        const target = byKey.get(idKey(id));
        if (target === undefined || !target.condition || target.existing) return false;
        return draft.condition && idKey(id) !== idKey(draft.id) && !waitsFor(draft.id, id);
      })
      .map((id) =>
        warning(
          input,
          'ARM_MISSING_DEPENDS_ON',
          `${draft.type} "${draft.name}" reads ${id} at run time, and nothing makes it wait for it: name it in dependsOn.`,
          draft.path,
        ),
      ),
  );
}

/** Whether one resource waits for another, be it through others. One bit for each pair: 800 resources may have 640,000 edges. */
function ancestors(resources: readonly ExpandedResource[]): (id: string, of: string) => boolean {
  const positions = new Map(resources.map((one, i) => [idKey(one.id), i]));
  const needs = resources.map((one) => one.dependsOn.flatMap((id) => positions.get(idKey(id)) ?? []));
  const words = Math.ceil(resources.length / 32);
  const reached = resources.map(() => new Uint32Array(words));
  const order = topologicalPositions(needs);
  for (const at of order) {
    const own = reached[at] as Uint32Array;
    for (const need of needs[at] ?? []) {
      own[need >> 5] = (own[need >> 5] as number) | (1 << (need & 31));
      const theirs = reached[need] as Uint32Array;
      for (let word = 0; word < words; word++) own[word] = (own[word] as number) | (theirs[word] as number);
    }
  }
  return (id, of) => {
    const from = positions.get(idKey(id));
    const to = positions.get(idKey(of));
    return (
      from !== undefined &&
      to !== undefined &&
      (((reached[from] as Uint32Array)[to >> 5] as number) & (1 << (to & 31))) !== 0
    );
  };
}

/** Each position after those that it needs; in a circle, somewhere: circles are an error of their own. */
function topologicalPositions(needs: readonly (readonly number[])[]): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (let root = 0; root < needs.length; root++) {
    const stack = seen.has(root) ? [] : [{ at: root, next: 0 }];
    seen.add(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const need = needs[top.at]?.[top.next++];
      if (need === undefined) order.push((stack.pop() as { readonly at: number }).at);
      else if (!seen.has(need)) {
        seen.add(need);
        stack.push({ at: need, next: 0 });
      }
    }
  }
  return order;
}

/** The calls of one expression; none when it does not parse, which is somebody else's to report (or nobody's: texts are not all evaluated). */
function callsIn(text: string): readonly CallExpression[] {
  const found: CallExpression[] = [];
  const expression = parsedText(text);
  if (expression === undefined) return found;
  walkExpression(expression, (part) => {
    if (part.kind === 'call') found.push(part);
  });
  return found;
}

/** Every call in the expressions of a value, with the way to the string that it stands in. */
function* calls(
  value: unknown,
  path: JsonPath,
  intoInnerTemplates: boolean,
): Generator<{ readonly call: CallExpression; readonly path: JsonPath }> {
  if (typeof value === 'string') {
    for (const call of callsIn(value)) yield { call, path };
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* calls(item, [...path, i], intoInnerTemplates);
  } else if (isJsonObject(value)) {
    const inner = !intoInnerTemplates && isInnerDeployment(value);
    for (const [key, item] of Object.entries(value)) {
      yield* calls(key, [...path, key], intoInnerTemplates);
      if (!(inner && key.toLowerCase() === 'template')) yield* calls(item, [...path, key], intoInnerTemplates);
    }
  }
}

/** Whether this is the `properties` of a nested deployment in inner scope. */
function isInnerDeployment(properties: JsonObject): boolean {
  const options = member(properties, 'expressionEvaluationOptions');
  const scope = isJsonObject(options) ? member(options, 'scope') : undefined;
  return typeof scope === 'string' && scope.toLowerCase() === 'inner' && isJsonObject(member(properties, 'template'));
}

function unused(input: LintInput): readonly Warning[] {
  const used = { parameters: new Set<string>(), variables: new Set<string>() };
  let anyName = false;
  const { parameters, variables, variableCopies, outputs, resources } = input.model;
  const parts = [...parameters.values(), ...variables.values(), ...outputs, ...resources];
  const all = [...parts.map((one) => one.value), ...(variableCopies?.loops ?? [])];
  for (const { call } of calls(all, [], false)) {
    const kind = call.namespace === undefined ? call.name.toLowerCase() : '';
    if (kind !== 'parameters' && kind !== 'variables') continue;
    const name = call.args[0];
    if (name?.kind === 'string') used[kind].add(name.value.toLowerCase());
    else anyName = true;
  }
  if (anyName) return [];
  const of = (kind: 'parameters' | 'variables', one: Named, code: string, what: string): Warning[] =>
    used[kind].has(one.name.toLowerCase())
      ? []
      : [warning(input, code, `The ${what} "${one.name}" is not used.`, one.path)];
  return [
    ...[...parameters.values()].flatMap((one) => of('parameters', one, 'ARM_UNUSED_PARAMETER', 'parameter')),
    ...[...variables.values()].flatMap((one) => of('variables', one, 'ARM_UNUSED_VARIABLE', 'variable')),
  ];
}

const secretName = /password|secret|passphrase|connectionstring|sastoken|accountkey|privatekey/i;
const notSecret = /name|id$|uri|url|version|reference|expir|days|length|enabled|type/i;

/** A parameter that is called a secret and is not secure, and an output that shows one. */
function plainSecrets(input: LintInput): readonly Warning[] {
  const parameters = [...input.model.parameters.values()].filter(
    (one) =>
      secretName.test(one.name) &&
      !notSecret.test(one.name) &&
      isPlainText(one.value) &&
      !input.frame.isSecureParameter(one.name),
  );
  const outputs = input.model.outputs.filter((one) => isPlain(one.value) && showsSecret(input, one));
  return [
    ...parameters.map((one) =>
      warning(
        input,
        'ARM_PLAIN_SECRET',
        `The parameter "${one.name}" is not a securestring: its value stays readable in the deployment history.`,
        one.path,
      ),
    ),
    ...outputs.map((one) =>
      warning(
        input,
        'ARM_SECRET_OUTPUT',
        `The output "${one.name}" holds a secret: it stays readable in the deployment history.`,
        one.path,
      ),
    ),
  ];
}

function isPlainText(value: unknown): boolean {
  return isJsonObject(value) && String(member(value, 'type')).toLowerCase() === 'string';
}

function isPlain(value: unknown): boolean {
  return isJsonObject(value) && !String(member(value, 'type')).toLowerCase().startsWith('secure');
}

function showsSecret(input: LintInput, one: Named): boolean {
  for (const { call } of calls(one.value, one.path, true)) {
    const name = call.name.toLowerCase();
    if (/^list.*(key|secret|credential|token|password|connectionstring)/.test(name)) return true;
    const argument = call.args[0];
    if (name === 'parameters' && argument?.kind === 'string' && input.frame.isSecureParameter(argument.value))
      return true;
  }
  return false;
}

/** A nested template in outer scope is recorded with the values put in: secure parameters too. */
function leakingSecrets(input: LintInput): readonly Warning[] {
  return input.drafts
    .filter((draft) => isDeployment(draft.type))
    .flatMap((draft) => {
      const properties = member(draft.raw, 'properties');
      if (!isJsonObject(properties) || isInnerDeployment(properties)) return [];
      const template = member(properties, 'template');
      for (const { call } of calls(template, [], false)) {
        const argument = call.args[0];
        if (
          call.name.toLowerCase() === 'parameters' &&
          argument?.kind === 'string' &&
          input.frame.isSecureParameter(argument.value)
        )
          return [
            warning(
              input,
              'ARM_OUTER_SCOPE_SECRET',
              `The nested deployment "${draft.name}" is evaluated in outer scope and uses the secure parameter "${argument.value}": its value ends up in the deployment history.`,
              draft.path,
            ),
          ];
      }
      return [];
    });
}
