import {
  type AzureTypes,
  node,
  type PropertyNode,
  readOnly,
  required,
  type TypeFile,
  type TypeNode,
} from './azure-types.ts';

/** `unlisted` is a value that an open enum does not list: Azure may take it, but it is more often a slip. */
export type FaultKind =
  | 'unknown-type'
  | 'unknown-property'
  | 'missing'
  | 'wrong-type'
  | 'not-in-enum'
  | 'unlisted'
  | 'read-only'
  | 'out-of-range'
  | 'pattern';

export interface Fault {
  readonly kind: FaultKind;
  readonly path: string;
  readonly detail: string;
}

type Body = Readonly<Record<string, unknown>>;
interface Walk {
  readonly file: TypeFile;
  readonly faults: Fault[];
}

/** Members of a template's entry that are instructions to ARM and no part of the body. */
const envelope = new Set(['type', 'apiVersion', 'dependsOn', 'condition', 'copy', 'comments', 'scope']);
const ofDeployments = new Set(['resourceGroup', 'subscriptionId']);

/** A value that is only known when the template runs; it may be of any type. */
function isExpression(value: unknown): boolean {
  return typeof value === 'string' && /^\[(?!\[)[\s\S]*\]$/.test(value);
}

/** The type by which Microsoft lists a resource: an extension (`a/b/providers/c`) stands under the namespace in its name. */
export function listedType(type: string, name: string): string {
  const types = type.split('/');
  const at = types.lastIndexOf('providers');
  return at < 0 ? type : [name.split('/')[at - 1], ...types.slice(at + 1)].join('/');
}

/** Checks an entry of a template's `resources`, expanded or not, against the type that Microsoft publishes for it. */
export function checkResource(types: AzureTypes, entry: Body): readonly Fault[] {
  const name = String(entry.name);
  const type = listedType(String(entry.type), name);
  const file = types.find(type, String(entry.apiVersion));
  if (file === undefined) {
    return [{ kind: 'unknown-type', path: '', detail: `${type}@${String(entry.apiVersion)} is not in the index` }];
  }
  const isDeployment = type.toLowerCase() === 'microsoft.resources/deployments';
  const body = Object.fromEntries(
    Object.entries(entry).filter(([key]) => !envelope.has(key) && !(isDeployment && ofDeployments.has(key))),
  );
  const resource = file[0] as Extract<TypeNode, { $type: 'ResourceType' }>;
  const walk: Walk = { file, faults: [] };
  // The type's name is that of its own segment; the segments before name its parents.
  check(walk, node(file, resource.body), { ...body, name: name.split('/').at(-1) }, '');
  return walk.faults;
}

function fault(walk: Walk, kind: FaultKind, path: string, detail: string): void {
  walk.faults.push({ kind, path, detail });
}

function check(walk: Walk, type: TypeNode, value: unknown, path: string): void {
  if (isExpression(value)) return;
  switch (type.$type) {
    case 'AnyType':
      return;
    case 'BooleanType':
      if (typeof value !== 'boolean') wrongType(walk, 'a boolean', value, path);
      return;
    case 'IntegerType':
      if (typeof value !== 'number' || !Number.isInteger(value)) wrongType(walk, 'an integer', value, path);
      else inRange(walk, value, type.minValue, type.maxValue, path);
      return;
    case 'StringType':
      checkString(walk, type, value, path);
      return;
    case 'StringLiteralType':
      if (typeof value !== 'string') wrongType(walk, 'a string', value, path);
      else if (value !== type.value) fault(walk, 'not-in-enum', path, `"${value}" is not "${type.value}"`);
      return;
    case 'ArrayType':
      if (!Array.isArray(value)) wrongType(walk, 'an array', value, path);
      else {
        inRange(walk, value.length, type.minLength, type.maxLength, path);
        const itemType = node(walk.file, type.itemType);
        value.forEach((item: unknown, index) => {
          check(walk, itemType, item, `${path}[${index}]`);
        });
      }
      return;
    case 'UnionType':
      checkUnion(walk, type, value, path);
      return;
    case 'ObjectType':
      checkObject(walk, type.properties, type.additionalProperties, value, path);
      return;
    case 'DiscriminatedObjectType':
      checkDiscriminated(walk, type, value, path);
      return;
    default:
      throw new Error(`the referee does not know ${type.$type}`);
  }
}

function wrongType(walk: Walk, wanted: string, value: unknown, path: string): void {
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
  fault(walk, 'wrong-type', path, `${found} where ${wanted} belongs`);
}

function inRange(walk: Walk, size: number, low: number | undefined, high: number | undefined, path: string): void {
  if ((low !== undefined && size < low) || (high !== undefined && size > high)) {
    fault(walk, 'out-of-range', path, `${size} is not in ${low ?? ''}..${high ?? ''}`);
  }
}

function checkString(walk: Walk, type: Extract<TypeNode, { $type: 'StringType' }>, value: unknown, path: string): void {
  if (typeof value !== 'string') {
    wrongType(walk, 'a string', value, path);
    return;
  }
  const text = /^\[\[[\s\S]*\]$/.test(value) ? value.slice(1) : value;
  inRange(walk, text.length, type.minLength, type.maxLength, path);
  if (type.pattern !== undefined && !new RegExp(type.pattern).test(text)) {
    fault(walk, 'pattern', path, `"${text}" does not match ${type.pattern}`);
  }
}

function checkUnion(walk: Walk, type: Extract<TypeNode, { $type: 'UnionType' }>, value: unknown, path: string): void {
  const elements = type.elements.map((element) => node(walk.file, element));
  const literals = elements.flatMap((one) => (one.$type === 'StringLiteralType' ? [one.value] : []));
  if (literals.length > 0 && typeof value === 'string') {
    if (literals.includes(value)) return;
    const isOpen = elements.some((one) => one.$type === 'StringType');
    fault(walk, isOpen ? 'unlisted' : 'not-in-enum', path, `"${value}" is none of ${literals.join(', ')}`);
    return;
  }
  const tries = elements.map((element) => {
    const faults: Fault[] = [];
    check({ file: walk.file, faults }, element, value, path);
    return faults;
  });
  if (tries.some((faults) => faults.length === 0)) return;
  walk.faults.push(...tries.reduce((best, faults) => (faults.length < best.length ? faults : best)));
}

function checkObject(
  walk: Walk,
  properties: Readonly<Record<string, PropertyNode>>,
  additional: { readonly $ref: string } | undefined,
  value: unknown,
  path: string,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    wrongType(walk, 'an object', value, path);
    return;
  }
  for (const [key, property] of Object.entries(properties)) {
    const needed = (property.flags & required) !== 0 && (property.flags & readOnly) === 0;
    if (needed && (value as Body)[key] === undefined) fault(walk, 'missing', join(path, key), 'is required');
  }
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || isExpression(key)) continue;
    const at = join(path, key);
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property === undefined && additional === undefined) {
      const similar = Object.keys(properties).find((known) => known.toLowerCase() === key.toLowerCase());
      fault(walk, 'unknown-property', at, similar === undefined ? 'is not a property' : `is written ${similar}`);
    } else if (property === undefined) {
      check(walk, node(walk.file, additional as { $ref: string }), member, at);
    } else if ((property.flags & readOnly) !== 0) {
      fault(walk, 'read-only', at, 'is set by Azure');
    } else check(walk, node(walk.file, property.type), member, at);
  }
}

function checkDiscriminated(
  walk: Walk,
  type: Extract<TypeNode, { $type: 'DiscriminatedObjectType' }>,
  value: unknown,
  path: string,
): void {
  const word = (value as Body | null)?.[type.discriminator];
  const at = join(path, type.discriminator);
  if (typeof word !== 'string') {
    fault(walk, 'missing', at, `is required and one of ${Object.keys(type.elements).join(', ')}`);
    return;
  }
  const element = Object.hasOwn(type.elements, word) ? type.elements[word] : undefined;
  if (element === undefined) {
    fault(walk, 'not-in-enum', at, `"${word}" is none of ${Object.keys(type.elements).join(', ')}`);
    return;
  }
  const own = node(walk.file, element);
  if (own.$type !== 'ObjectType') throw new Error(`${own.$type} as element of ${type.name}`);
  checkObject(walk, { ...type.baseProperties, ...own.properties }, own.additionalProperties, value, path);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
