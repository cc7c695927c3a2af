import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { listOf, type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { badRequest, isGuid, refusal } from '../service-checks.ts';

export const definitionType = 'Microsoft.Authorization/policyDefinitions';
export const setDefinitionType = 'Microsoft.Authorization/policySetDefinitions';
export const assignmentType = 'Microsoft.Authorization/policyAssignments';

/** Azure Policy's effects (learn.microsoft.com, definition structure: effects). */
const effects = [
  'addToNetworkGroup',
  'append',
  'audit',
  'auditIfNotExists',
  'deny',
  'denyAction',
  'deployIfNotExists',
  'disabled',
  'manual',
  'modify',
  'mutate',
  'enforceOPAConstraint',
  'enforceRegoPolicy',
  'enforceSetting',
];

/** Effects that write to resources, and need an identity to do it with. */
const writing: ReadonlySet<string> = new Set(['modify', 'deployifnotexists']);

/** `effect` of a rule where it is text, and the parameter that it comes from where it is an expression. */
export function effectOf(properties: Members): { readonly effect?: string; readonly parameter?: string } {
  const text = textOf(membersOf(membersOf(properties.policyRule).then).effect);
  const parameter = /^\[\s*parameters\(\s*'([^']+)'\s*\)\s*\]$/i.exec(text ?? '')?.[1];
  if (parameter !== undefined) return { parameter };
  return text === undefined ? {} : { effect: text };
}

/** A rule has `if` and `then.effect`, and uses parameters that are declared. */
export function checkRule(name: string, properties: Members): void {
  const rule = membersOf(properties.policyRule);
  const invalid = (message: string, code = 'InvalidPolicyRule'): Error =>
    badRequest(code, `The policy definition '${name}' rule is invalid. ${message}`);
  if (rule.if === undefined || rule.then === undefined) {
    throw invalid("The policy rule must have the top level properties 'if' and 'then'.");
  }
  const { effect, parameter } = effectOf(properties);
  if (effect === undefined && parameter === undefined) throw invalid("The 'then' property must have an 'effect'.");
  if (effect !== undefined && !effect.startsWith('[')) {
    const known = effects.some((item) => item.toLowerCase() === effect.toLowerCase());
    if (!known) throw invalid(`The effect '${effect}' is not one of ${effects.join(', ')}.`);
  }
  const declared = Object.keys(membersOf(properties.parameters)).map((key) => key.toLowerCase());
  const unknown = parametersUsed(rule).find((used) => !declared.includes(used.toLowerCase()));
  if (unknown !== undefined) {
    throw badRequest(
      'InvalidPolicyParameters',
      `The policy definition '${name}' uses the parameter '${unknown}', which it does not declare.`,
    );
  }
}

/** Names in `parameters('…')` outside of templates that a rule deploys: those have parameters of their own. */
function parametersUsed(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    if (!value.startsWith('[') || value.startsWith('[[')) return [];
    return [...value.matchAll(/parameters\(\s*'([^']+)'\s*\)/gi)].map((match) => match[1] as string);
  }
  if (Array.isArray(value)) return value.flatMap(parametersUsed);
  return Object.entries(membersOf(value)).flatMap(([key, member]) =>
    key.toLowerCase() === 'template' ? [] : parametersUsed(member),
  );
}

/** A definition or initiative that an id names: one of ours, or undefined for a built-in, which is taken by the form of its id. */
export function requireDefinition(id: string, context: ProviderContext): ArmResource | undefined {
  const found = context.view.get(id);
  const types = [definitionType, setDefinitionType].map((type) => type.toLowerCase());
  if (found !== undefined && types.includes(found.type.toLowerCase())) return found;
  const builtIn = /^\/providers\/Microsoft\.Authorization\/policy(Set)?Definitions\/([^/]+)$/i.exec(id);
  if (builtIn !== null && isGuid(builtIn[2] as string)) return undefined;
  const isSet = /\/policySetDefinitions\//i.test(id);
  throw refusal(
    404,
    isSet ? 'PolicySetDefinitionNotFound' : 'PolicyDefinitionNotFound',
    `The policy ${isSet ? 'set ' : ''}definition '${nameIn(id)}' could not be found.`,
  );
}

/** Checks given parameter values against declared parameters. */
export function checkParameters(what: string, declared: Members, given: Members, definition: string): void {
  const known = Object.entries(declared).map(([key, value]) => [key.toLowerCase(), membersOf(value)] as const);
  const names = new Map(known);
  const unknown = Object.keys(given).filter((key) => !names.has(key.toLowerCase()));
  if (unknown.length > 0) {
    throw badRequest(
      'UndefinedPolicyParameter',
      `${what} has defined parameters '${unknown.join(',')}' which are not defined in the policy definition '${definition}'.`,
    );
  }
  const present = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  const missing = Object.keys(declared).filter(
    (key) => !present.has(key.toLowerCase()) && membersOf(declared[key]).defaultValue === undefined,
  );
  if (missing.length > 0) {
    throw badRequest(
      'MissingPolicyParameter',
      `${what} is missing the parameter(s) '${missing.join(',')}' as defined in the policy definition '${definition}'.`,
    );
  }
  for (const [key, entry] of Object.entries(given)) {
    const { value } = membersOf(entry);
    const allowed = listOf(names.get(key.toLowerCase())?.allowedValues);
    const isExpression = typeof value === 'string' && value.startsWith('[');
    const same = (item: unknown): boolean => String(item).toLowerCase() === String(value).toLowerCase();
    if (allowed.length === 0 || isExpression || allowed.some(same)) continue;
    throw badRequest(
      'PolicyParameterValueNotAllowed',
      `${what} has the value '${String(value)}' for parameter '${key}', which is not one of the allowed values '${allowed.join(',')}'.`,
    );
  }
}

/** The effect that a definition of ours has with given parameter values, in lower case. */
function effectWith(definition: Members, given: Members): string | undefined {
  const { effect, parameter } = effectOf(definition);
  if (parameter === undefined) return effect?.toLowerCase();
  const find = (members: Members): Members =>
    membersOf(Object.entries(members).find(([key]) => key.toLowerCase() === parameter.toLowerCase())?.[1]);
  const value = find(given).value ?? find(membersOf(definition.parameters)).defaultValue;
  return textOf(value)?.toLowerCase();
}

/** The first effect of a definition or initiative that needs an identity. Built-ins are not looked into. */
export function writingEffect(definition: ArmResource, given: Members, context: ProviderContext): string | undefined {
  const properties = propertiesOf(definition);
  if (sameId(definition.type, definitionType)) {
    const effect = effectWith(properties, given);
    return effect !== undefined && writing.has(effect) ? effect : undefined;
  }
  for (const item of listOf(properties.policyDefinitions).map(membersOf)) {
    const member = context.view.get(String(item.policyDefinitionId));
    if (member === undefined) continue;
    const effect = effectWith(propertiesOf(member), membersOf(item.parameters));
    if (effect !== undefined && writing.has(effect)) return effect;
  }
  return undefined;
}
