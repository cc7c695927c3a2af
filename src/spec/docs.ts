import { type JsonSchema, specJsonSchema } from './json-schema.ts';

interface Row {
  readonly key: string;
  readonly kind: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The reference page of `landing-zone.yaml` in Markdown, made of the schema. */
export function specDocs(): string {
  const schema = specJsonSchema();
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) =>
    sectionOf(name, section, schema.required?.includes(name) ?? false),
  );
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

const introduction = `# landing-zone.yaml

<!-- Generated from src/spec/schema.ts by scripts/generate-schema.ts: change it there. -->

What you choose; everything else is derived. The shortest file names the organization, the ids and the domains:

\`\`\`yaml
organization:
  name: contoso
azure:
  tenantId: 11111111-1111-4111-8111-111111111111
  subscriptionId: 22222222-2222-4222-8222-222222222222
  clusterAdminGroupId: 33333333-3333-4333-8333-333333333333
domains:
  public: bicycle.contoso.com
  ingress: aks-ingress.contoso.com
\`\`\`

\`aks-regulated init\` writes a commented one. \`schema/landing-zone.schema.json\` is the same as a JSON Schema for editors; \`aks-regulated schema print\` prints it.

The file is YAML 1.2, UTF-8, one document, at most 1 MiB. Keys that are not listed here, keys given twice, tags and secrets are refused. All problems of a file are reported at once, each with line and column.
Ranges are private IPv4 blocks without host bits. No two networks overlap, subnets lie inside their network, and the service range of a cluster overlaps no network. Azure keeps the first four addresses and the last one of every subnet.`;

function sectionOf(name: string, schema: JsonSchema, required: boolean): string {
  const head = [`## ${name}`, `${sentence(schema.description)}${required ? ' Required.' : ''}`];
  const rows = rowsOf(name, schema);
  if (rows.length === 0) return [...head, `${kindOf(schema)}. ${defaultOf(schema)}`.trim()].join('\n\n');
  return [...head, ['| key | what goes there | default |', '|---|---|---|', ...rows.map(rowText)].join('\n')].join(
    '\n\n',
  );
}

/** The keys below a section, depth first; groups have no row of their own unless they say something. */
function rowsOf(prefix: string, schema: JsonSchema): readonly Row[] {
  const list = schema.items;
  if (list !== undefined && list.properties !== undefined) return rowsOf(`${prefix}[]`, list);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const key = `${prefix}.${name}`;
    const below = rowsOf(key, member);
    const row: Row = {
      key,
      kind: kindOf(member),
      required: schema.required?.includes(name) ?? false,
      schema: member,
    };
    return [row, ...below];
  });
}

function rowText({ key, kind, required, schema }: Row): string {
  const example = schema.examples?.[0];
  const shown =
    example === undefined ? '' : ` E.g. \`${typeof example === 'string' ? example : JSON.stringify(example)}\`.`;
  const what = `${sentence(schema.description)} *${kind}*.${schema.enum === undefined || schema.enum.length > listed ? shown : ''}`;
  return `| \`${key}\` | ${cell(what)} | ${required ? 'required' : cell(defaultCell(schema))} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const sentence = (text: string | undefined): string => text ?? '';

/** Longer enumerations would fill the table. */
const listed = 10;

function kindOf(schema: JsonSchema): string {
  if (schema.enum !== undefined && schema.enum.length > listed)
    return `One of ${schema.enum.length}; the schema lists them`;
  if (schema.enum !== undefined) {
    return `One of ${[...new Set(schema.enum.map(String))].map((one) => `\`${one}\``).join(', ')}`;
  }
  if (schema.type === 'array') {
    const item = schema.items?.type === 'string' ? 'texts' : 'groups';
    const least = schema.minItems === undefined ? '' : `${schema.minItems} to `;
    return `List of ${item}, ${least === '' ? 'at most ' : least}${schema.maxItems}`;
  }
  if (schema.type === 'integer') return `Whole number, ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'object') return schema.properties === undefined ? 'Names and texts' : 'Group';
  return schema.type === 'boolean' ? '`true` or `false`' : 'Text';
}

const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Array.isArray(value) && value.length === 0);

const defaultCell = (schema: JsonSchema): string =>
  schema.default === undefined || !isPlain(schema.default)
    ? 'derived'
    : Array.isArray(schema.default)
      ? 'none'
      : `\`${String(schema.default)}\``;

const defaultOf = (schema: JsonSchema): string =>
  schema.default === undefined || !isPlain(schema.default) ? '' : `By default \`${String(schema.default)}\`.`;
