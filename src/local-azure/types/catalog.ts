import managedIdentity from './data/managed-identity.generated.json' with { type: 'json' };
import monitor from './data/monitor.generated.json' with { type: 'json' };
import network from './data/network.generated.json' with { type: 'json' };
import operationalInsights from './data/operational-insights.generated.json' with { type: 'json' };
import privateDns from './data/private-dns.generated.json' with { type: 'json' };
import { propertyParts, type TypeData, type TypeReference, type WireEnum, type WireObject } from './wire-types.ts';

/** One property of a decoded object. */
export interface PropertyShape {
  /** As the wire spells it. */
  readonly name: string;
  readonly type: TypeReference;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly limits: ReturnType<typeof propertyParts>['limits'];
}

/** An object with its properties by name in lower case: the services match names without regard to case. */
export interface ObjectShape {
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertyShape>;
  readonly others: TypeReference | undefined;
  readonly variants: WireObject['variants'];
}

/** A resource type's shape and the names that references in it mean. */
export interface TypeShape {
  readonly data: TypeData;
  readonly body: ObjectShape;
  object(name: string): ObjectShape;
  enumeration(name: string): WireEnum;
}

const files = [network, privateDns, operationalInsights, managedIdentity, monitor] as unknown as readonly TypeData[];

let byType: Map<string, TypeData> | undefined;
const decoded = new WeakMap<TypeData, Map<string, ObjectShape>>();

/** The shape of a resource type, or undefined where there is no data for it. Decoded when first asked for. */
export function typeShape(type: string): TypeShape | undefined {
  byType ??= new Map(files.flatMap((data) => Object.keys(data.types).map((known) => [known, data] as const)));
  const key = type.toLowerCase();
  const data = byType.get(key);
  const root = data?.types[key];
  if (data === undefined || root === undefined) return undefined;
  const object = (name: string): ObjectShape => objectShape(data, name);
  return {
    data,
    body: object(root),
    object,
    enumeration: (name) => data.enums[name] ?? { values: [], open: true },
  };
}

/** Whether the body of a type can be checked. */
export function hasTypeData(type: string): boolean {
  return typeShape(type) !== undefined;
}

/** Every file of type data. */
export function typeDataFiles(): readonly TypeData[] {
  return files;
}

function objectShape(data: TypeData, name: string): ObjectShape {
  let known = decoded.get(data);
  if (known === undefined) {
    known = new Map();
    decoded.set(data, known);
  }
  let shape = known.get(name);
  if (shape === undefined) {
    const wire = data.objects[name];
    if (wire === undefined) throw new Error(`type data of ${data.provenance.package} has no object ${name}`);
    const properties = Object.entries(wire.properties).map(
      ([property, written]) => [property.toLowerCase(), { name: property, ...propertyParts(written) }] as const,
    );
    shape = { name, properties: new Map(properties), others: wire.others, variants: wire.variants };
    known.set(name, shape);
  }
  return shape;
}

/** The object that a value of a shape really is: the variant that its discriminator names, where there are variants. */
export function variantOf(shape: ObjectShape, value: object, type: TypeShape): ObjectShape | undefined {
  if (shape.variants === undefined) return shape;
  const { by, cases } = shape.variants;
  const entry = Object.entries(value).find(([name]) => name.toLowerCase() === by.toLowerCase());
  const wanted = String(entry?.[1]).toLowerCase();
  const found = Object.entries(cases).find(([name]) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : type.object(found[1]);
}
