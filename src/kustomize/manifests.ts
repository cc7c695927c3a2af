import { LineCounter, parseAllDocuments } from 'yaml';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';

type Fields = { readonly [key: string]: unknown };

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A document of a YAML file and where it starts. */
export interface YamlDocument {
  readonly value: unknown;
  readonly place: Place;
}

/** The documents of a YAML file; empty ones are left out. Throws `MANIFEST_YAML` for every mistake, with its place. */
export function readDocuments(text: string, file: string): readonly YamlDocument[] {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap((document) =>
    document.errors.map(
      (error) =>
        new Problem({ code: 'MANIFEST_YAML', kind: 'usage', message: error.message, place: placeAt(error.pos[0]) }),
    ),
  );
  throwIfAny(problems);
  return documents.flatMap((document) => {
    const place = placeAt(document.contents?.range?.[0] ?? 0);
    let value: unknown;
    try {
      value = document.toJS();
    } catch (error) {
      // Aliases that unfold without end are refused by the parser when they are unfolded.
      const message = error instanceof Error ? error.message : String(error);
      throw new Problem({ code: 'MANIFEST_YAML', kind: 'usage', message, place, cause: error });
    }
    return value === null || value === undefined ? [] : [{ value, place }];
  });
}

/** Whether a value is a Kubernetes object, or a list of them. */
export function isObject(value: unknown): value is KubernetesObject {
  return isMap(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string';
}

/** The Kubernetes objects of a manifest, lists opened. Throws `MANIFEST_NOT_OBJECT` for a document that is none. */
export function readObjects(text: string, file: string): readonly KubernetesObject[] {
  return readDocuments(text, file).flatMap(({ value, place }) => openList(value, place));
}

function openList(value: unknown, place: Place): readonly KubernetesObject[] {
  if (isObject(value) && value.kind.endsWith('List') && Array.isArray(value.items))
    return value.items.flatMap((item: unknown) => openList(item, place));
  const wrong = (message: string): Problem =>
    new Problem({
      code: 'MANIFEST_NOT_OBJECT',
      kind: 'usage',
      message,
      place,
      hint: 'Each document of a manifest has apiVersion, kind and metadata.name.',
    });
  if (!isObject(value)) throw wrong('This document is no Kubernetes object: it has no apiVersion or kind.');
  const metadata: unknown = value.metadata;
  if (!isMap(metadata) || (typeof metadata.name !== 'string' && typeof metadata.generateName !== 'string'))
    throw wrong(`This ${value.kind} has no metadata.name.`);
  return [value];
}
