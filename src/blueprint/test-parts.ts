import type { Blueprint, Part } from '../model/blueprint.ts';
import type { Resource } from '../model/resource.ts';

export function partOf(blueprint: Blueprint, name: string): Part {
  const part = blueprint.parts.find((one) => one.name === name);
  if (part === undefined) throw new Error(`there is no part ${name}`);
  return part;
}

export function resourceOf(blueprint: Blueprint, key: string): Resource {
  const resource = blueprint.parts.flatMap((part) => part.resources).find((one) => one.key === key);
  if (resource === undefined) throw new Error(`there is no resource ${key}`);
  return resource;
}

type Json = Readonly<Record<string, unknown>>;

export function propertiesOf(blueprint: Blueprint, key: string): Json {
  return resourceOf(blueprint, key).properties as unknown as Json;
}

export interface SubnetView {
  readonly name: string;
  readonly properties: Json & { readonly addressPrefix: string };
}

export function subnetsOf(blueprint: Blueprint, key: string): readonly SubnetView[] {
  return propertiesOf(blueprint, key).subnets as readonly SubnetView[];
}

/** A security rule as one line: `In 100 Allow Tcp 10.0.0.0/8 -> * 443`. */
export function ruleLines(blueprint: Blueprint, key: string): readonly string[] {
  const rules = propertiesOf(blueprint, key).securityRules as readonly {
    readonly name: string;
    readonly properties: Json;
  }[];
  return rules.map(({ properties: p }) => {
    const side = (word: string) => p[`${word}Prefix`] ?? (p[`${word}Prefixes`] as readonly string[]).join(',');
    const ports = p.destinationPortRange ?? (p.destinationPortRanges as readonly string[]).join(',');
    const direction = p.direction === 'Inbound' ? 'In' : 'Out';
    return `${direction} ${p.access} ${p.protocol} ${side('sourceAddress')} -> ${side('destinationAddress')} ${ports}`;
  });
}
