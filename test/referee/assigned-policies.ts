import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Resource } from '../../src/model/resource.ts';
import { policyFolder } from './policy-reads.ts';

/** A built-in definition or initiative as Microsoft publishes it (Azure/azure-policy). */
export interface PublishedPolicy {
  readonly displayName: string;
  readonly mode?: string;
  readonly parameters?: Readonly<
    Record<
      string,
      { readonly allowedValues?: readonly unknown[]; readonly defaultValue?: unknown; readonly type: string }
    >
  >;
  readonly policyRule?: { readonly then: { readonly details?: { readonly roleDefinitionIds?: readonly string[] } } };
}

type PolicyFile = { readonly name?: string; readonly properties?: PublishedPolicy } & PublishedPolicy;

/** By its id. Throws where there is none. */
export function publishedPolicy(id: string): PublishedPolicy {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as PolicyFile;
  const own = path.join(policyFolder, `${id}.json`);
  const initiatives = path.resolve(policyFolder, '../initiatives');
  const found = existsSync(own)
    ? read(own)
    : readdirSync(initiatives)
        .map((file) => read(path.join(initiatives, file)))
        .find(({ name }) => name === id);
  if (found === undefined) throw new Error(`Azure has no policy ${id}`);
  return found.properties ?? found;
}

interface Assigned {
  readonly policyDefinitionId: unknown;
  readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
}

const assigned = (assignment: Resource): Assigned => assignment.properties as unknown as Assigned;

/** The last step of the built-in definition's id; `undefined` for one of our own. */
export function builtInOf(assignment: Resource): string | undefined {
  const { policyDefinitionId: id } = assigned(assignment);
  return typeof id === 'string' ? id.split('/').at(-1) : undefined;
}

/** Parameters that a definition does not take, does not take so, or misses. */
export function wrongParameters(assignment: Resource): readonly string[] {
  const { parameters } = assigned(assignment);
  const known = publishedPolicy(builtInOf(assignment) ?? '').parameters ?? {};
  return [
    ...Object.entries(parameters).flatMap(([name, { value }]) => {
      const parameter = known[name];
      if (parameter === undefined) return [`${assignment.name}: no parameter ${name}`];
      const allowed = parameter.allowedValues;
      return allowed === undefined || allowed.includes(value)
        ? []
        : [`${assignment.name}: ${name} is not ${String(value)}`];
    }),
    ...Object.entries(known)
      .filter(([name, parameter]) => parameter.defaultValue === undefined && parameters[name] === undefined)
      .map(([name]) => `${assignment.name}: ${name} is missing`),
  ];
}

/** Whether an assignment only watches what its definition could deny. */
export function isLenient(assignment: Resource): boolean {
  const effect = publishedPolicy(builtInOf(assignment) ?? '').parameters?.effect;
  const can = (effect?.allowedValues ?? []).some((value) => String(value).toLowerCase() === 'deny');
  const set = assigned(assignment).parameters.effect?.value ?? effect?.defaultValue;
  return can && String(set).toLowerCase() !== 'deny';
}
