/**
 * ARM JSON for the kernel twin, read by itself. Nothing from which the twin is built imports the product (the test looks), so that
 * a misreading in one place cannot hide in the other.
 */
export type Json = { readonly [key: string]: unknown };

export interface ArmThing {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Json;
}

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** One of the two forms in which ARM keeps a value or several of them (`addressPrefix`, `addressPrefixes`). */
export function oneOrMore(properties: Json, one: string, several: string): readonly string[] {
  const single = properties[one];
  return [...(typeof single === 'string' && single !== '' ? [single] : []), ...words(properties[several])];
}

/** The lower-case id that `{ "id": … }` leads to. */
export function target(value: unknown): string {
  return String(record(value).id ?? '').toLowerCase();
}

export class ArmDocument {
  private readonly things: readonly ArmThing[];
  private readonly byKey = new Map<string, ArmThing>();

  constructor(resources: readonly Json[]) {
    this.things = resources.map((one) => ({
      id: String(one.id),
      name: String(one.name),
      type: String(one.type).toLowerCase(),
      properties: record(one.properties),
    }));
    for (const one of this.things) this.byKey.set(one.id.toLowerCase(), one);
  }

  ofType(type: string): readonly ArmThing[] {
    return this.things.filter((one) => one.type === `microsoft.network/${type.toLowerCase()}`);
  }

  find(id: string): ArmThing | undefined {
    return this.byKey.get(id.toLowerCase());
  }

  /** What must be there: a twin of half a network would prove nothing. */
  get(id: string): ArmThing {
    const found = this.find(id);
    if (found === undefined) throw new Error(`the twin cannot be built: ${id} is not in the document`);
    return found;
  }

  below(id: string, type: string): readonly ArmThing[] {
    const start = `${id.toLowerCase()}/${type.toLowerCase()}/`;
    return this.things.filter((one) => one.id.toLowerCase().startsWith(start));
  }
}

/** `10.0.0.0/16` as its first number and its size. */
export function block(cidr: string): { readonly first: number; readonly size: number } {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first: Math.floor(value / size) * size, size };
}

/** Whether an address, or a whole block, lies in a block. */
export function inBlock(inner: string, outer: string): boolean {
  const [a, b] = [block(inner), block(outer)];
  return a.first >= b.first && a.first + a.size <= b.first + b.size;
}
