import { messageOf, Problem } from '../kernel/errors.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { type JsonOperation, jsonPatch } from './json-patch.ts';
import type { PatchTarget } from './kustomization.ts';
import { isMap, readDocuments } from './manifests.ts';
import { strategicMerge } from './strategic-merge.ts';

type Fields = { readonly [key: string]: unknown };

/** One patch of a kustomization put onto the objects that it is for. Throws `KUSTOMIZATION_PATCH` where it is for none, or does not fit. */
export function patchObjects(
  objects: readonly KubernetesObject[],
  text: string,
  file: string,
  target: PatchTarget | undefined,
): readonly KubernetesObject[] {
  const wrong = (message: string): Problem =>
    new Problem({ code: 'KUSTOMIZATION_PATCH', kind: 'usage', message, place: { file, line: 1, column: 1 } });
  return readDocuments(text, file).reduce<readonly KubernetesObject[]>((all, { value }) => {
    if (Array.isArray(value)) {
      if (target === undefined) throw wrong('A JSON patch needs a target.');
      return all.map((object) => {
        if (!matches(object, target)) return object;
        try {
          return jsonPatch(object, value as JsonOperation[]) as KubernetesObject;
        } catch (error) {
          throw wrong(`The patch does not fit ${object.kind} ${object.metadata.name}: ${messageOf(error)}.`);
        }
      });
    }
    if (!isMap(value)) throw wrong('A patch is a map or a list of operations.');
    const chosen = (object: KubernetesObject): boolean =>
      target === undefined ? names(object, value) : matches(object, target);
    if (!all.some(chosen)) {
      // With a target kustomize takes a patch for nothing; one that names its object must find it.
      if (target !== undefined) return all;
      throw wrong(`No object of the kustomization is the one that the patch names.`);
    }
    return all.flatMap((object) => {
      if (!chosen(object)) return [object];
      const merged = strategicMerge(object, unnamed(value, target), object.apiVersion);
      return merged === undefined ? [] : [merged as KubernetesObject];
    });
  }, objects);
}

/** With a target, the names that a patch brings along say nothing. */
function unnamed(patch: Fields, target: PatchTarget | undefined): Fields {
  if (target === undefined) return patch;
  const metadata = isMap(patch.metadata) ? patch.metadata : {};
  const rest = Object.entries(metadata).filter(([key]) => key !== 'name' && key !== 'namespace');
  const others = Object.entries(patch).filter(([key]) => !['apiVersion', 'kind', 'metadata'].includes(key));
  return Object.fromEntries([...others, ...(rest.length > 0 ? [['metadata', Object.fromEntries(rest)]] : [])]);
}

/** Whether an object is the one that a patch names by version, kind, name and namespace. */
function names(object: KubernetesObject, patch: Fields): boolean {
  const metadata = isMap(patch.metadata) ? patch.metadata : {};
  return (
    object.apiVersion === patch.apiVersion &&
    object.kind === patch.kind &&
    object.metadata.name === metadata.name &&
    (object.metadata.namespace ?? 'default') === (metadata.namespace ?? 'default')
  );
}

/** A member of a target is a regular expression over the whole of what it names. */
function matches(object: KubernetesObject, target: PatchTarget): boolean {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  const whole = (pattern: string | undefined, text: string): boolean => {
    if (pattern === undefined || pattern === '') return true;
    // Anything but plain names would need Go's expressions: told apart by a list of what both read alike.
    if (!/^[\w.*+?|()[\]^$-]*$/.test(pattern) || /[*+?)]\s*[*+?]/.test(pattern) || /\([^)]*[*+]/.test(pattern))
      throw new Problem({
        code: 'KUSTOMIZATION_NOT_RENDERED',
        kind: 'usage',
        message: `The target pattern ${pattern} is not rendered here.`,
      });
    return new RegExp(`^(?:${pattern})$`).test(text);
  };
  return (
    whole(target.group, group ?? '') &&
    whole(target.version, version ?? '') &&
    whole(target.kind, object.kind) &&
    whole(target.name, object.metadata.name) &&
    whole(target.namespace, object.metadata.namespace ?? '') &&
    selects(target.labelSelector, object.metadata.labels ?? {}) &&
    selects(target.annotationSelector, object.metadata.annotations ?? {})
  );
}

/** A selector in kubectl's form; equality, inequality and presence. Sets (`in (…)`) are refused. */
function selects(selector: string | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector.trim() === '') return true;
  if (selector.includes('('))
    throw new Problem({
      code: 'KUSTOMIZATION_NOT_RENDERED',
      kind: 'usage',
      message: `The selector ${selector} of a patch is not rendered here.`,
    });
  return selector.split(',').every((term) => {
    const [, key = '', operator, value = ''] = /^\s*(!?[^=!\s]+)\s*(?:(==|!=|=)\s*(\S*))?\s*$/.exec(term) ?? [];
    if (operator === undefined) return key.startsWith('!') ? !(key.slice(1) in labels) : key in labels;
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  });
}
