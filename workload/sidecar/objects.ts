import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as it is written: the common head, the rest unread. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for objects that belong to no namespace. */
  readonly namespace: string;
  readonly labels: Labels;
  readonly body: Fields;
  /** `file` or `file#2` for the second document. */
  readonly place: string;
}

export type Labels = Readonly<Record<string, string>>;
export type Fields = Readonly<Record<string, unknown>>;

/** A manifest that cannot be read, or that asks for what is not enforced here: never skipped, always refused, with its place. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(place: string, message: string) {
    super(`${place}: ${message}`);
  }
}

/** Reads every document of a YAML file. @throws ManifestError */
export function readObjects(file: string, text: string): readonly KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  if (!Array.isArray(documents)) return [];
  documents.forEach((document, index) => {
    const place = index === 0 ? file : `${file}#${index + 1}`;
    const [problem] = document.errors;
    if (problem !== undefined) throw new ManifestError(place, problem.message);
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (value === null) return;
    objects.push(objectOf(fieldsOf(value, place, 'document'), place));
  });
  return objects;
}

function objectOf(body: Fields, place: string): KubernetesObject {
  const metadata = fieldsOf(body.metadata, place, 'metadata');
  return {
    apiVersion: textOf(body.apiVersion, place, 'apiVersion'),
    kind: textOf(body.kind, place, 'kind'),
    name: textOf(metadata.name, place, 'metadata.name'),
    namespace: metadata.namespace === undefined ? '' : textOf(metadata.namespace, place, 'metadata.namespace'),
    labels: labelsOf(metadata.labels, place, 'metadata.labels'),
    body,
    place,
  };
}

/** The readers below all say where and what is wrong. */
export function fieldsOf(value: unknown, place: string, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ManifestError(place, `${path} must be an object.`);
  }
  return value as Fields;
}

export function textOf(value: unknown, place: string, path: string): string {
  if (typeof value !== 'string' || value === '') throw new ManifestError(place, `${path} must be a text.`);
  return value;
}

export function listOf(value: unknown, place: string, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ManifestError(place, `${path} must be a list.`);
  return value;
}

export function textsOf(value: unknown, place: string, path: string): readonly string[] {
  return listOf(value, place, path).map((one, index) => textOf(one, place, `${path}[${index}]`));
}

export function labelsOf(value: unknown, place: string, path: string): Labels {
  if (value === undefined || value === null) return {};
  const labels = fieldsOf(value, place, path);
  // A label may be the empty text; a number or a boolean without quotes is a mistake that the API server refuses too.
  for (const [key, one] of Object.entries(labels)) {
    if (typeof one !== 'string') throw new ManifestError(place, `${path}.${key} must be a text in quotes.`);
  }
  return labels as Labels;
}

export function portOf(value: unknown, place: string, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new ManifestError(place, `${path} must be a port number.`);
  }
  return value;
}

/** Refuses fields that would change the meaning and are not read here. */
export function onlyFields(fields: Fields, known: readonly string[], place: string, path: string): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ManifestError(place, `${path}.${unknown} is not enforced by this sidecar.`);
}
