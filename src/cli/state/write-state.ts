import * as path from 'node:path';
import { stringify } from 'yaml';
import { isDirectory, writeTextAtomically } from '../../kernel/files.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { OutputFile } from '../../model/deployments.ts';
import type { State, StateObject } from '../../model/state.ts';
import { writeFiles } from '../../synth/write.ts';

/**
 * Writes a state as a folder that `--state` takes: `resources.json`, and `objects/` with a YAML file an object, a folder a cluster. Objects that an earlier
 * export wrote and that are gone are removed. Returns the paths written and a digest of both.
 */
export function writeState(
  folder: string,
  state: State,
): { readonly files: readonly string[]; readonly digest: string } {
  const file = path.join(folder, 'resources.json');
  const resources = [...state.resources].sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
  const text = `${JSON.stringify(resources, undefined, 2)}\n`;
  writeTextAtomically(file, text);
  const objects = state.objects.map(objectFile).sort((a, b) => (a.path < b.path ? -1 : 1));
  const below = path.join(folder, 'objects');
  if (objects.length > 0 || isDirectory(below)) writeFiles(below, objects);
  const digest =
    objects.length === 0 ? sha256(text) : sha256([text, ...objects.map((one) => `${one.path}\n${one.text}`)].join(''));
  return { files: [file, ...objects.map((one) => path.join(below, one.path))], digest };
}

/** `cluster/kind.group_namespace_name.yaml`: no two objects of a cluster share it. What a file system may not take is written as `%3A`. */
function objectFile({ cluster, object }: StateObject): OutputFile {
  const group = object.apiVersion.includes('/') ? `.${object.apiVersion.split('/')[0]}` : '';
  const { namespace, name } = object.metadata;
  const words = [`${object.kind.toLowerCase()}${group}`, ...(namespace === undefined ? [] : [namespace]), name];
  const safe = (text: string): string =>
    encodeURIComponent(text).replace(/^\.+/, (dots) => dots.replaceAll('.', '%2E'));
  const file = `${words.map(safe).join('_')}.yaml`;
  return {
    path: cluster === undefined ? file : `${safe(cluster)}/${file}`,
    text: stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }),
  };
}
