import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api-client.ts';
import type { ControlPlane } from './control-plane.ts';
import { until } from './process.ts';

/** The kinds that AKS's add-ons and extensions bring, from the modules in which their authors publish them. */
export function customResourceDefinitions(): readonly KubernetesObject[] {
  const folders = (process.env.CONFORMANCE_DEFINITIONS ?? '').split(path.delimiter).filter(Boolean);
  if (folders.length === 0)
    throw new Error('CONFORMANCE_DEFINITIONS is not set: run npm run conformance, not vitest alone.');
  return folders.flatMap(readObjects).filter((object) => object.kind === 'CustomResourceDefinition');
}

/** Every object in the YAML files below a folder, by file name. */
export function readObjects(folder: string): readonly KubernetesObject[] {
  return yamlFiles(folder).flatMap((file) => parseObjects(readFileSync(file, 'utf8')));
}

export function parseObjects(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const object = document.toJS() as KubernetesObject | null;
    return object === null ? [] : [object];
  });
}

function yamlFiles(folder: string): readonly string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Installs definitions and waits until the API server serves them all. */
export async function installDefinitions(
  { api }: ControlPlane,
  definitions: readonly KubernetesObject[] = customResourceDefinitions(),
): Promise<number> {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  for (const definition of definitions) {
    const answer = await api.send('POST', path, definition);
    if (answer.status !== 201) throw new Error(`${definition.metadata.name}: ${answer.body.message}`);
  }
  const names = definitions.map(({ metadata }) => metadata.name);
  await until(`definitions (${names.length})`, async () => {
    const { items = [] } = (await api.get(path)).body;
    const served = items.filter(isEstablished).map(({ metadata }) => metadata.name);
    return names.every((name) => served.includes(name)) ? true : undefined;
  });
  return names.length;
}

function isEstablished({ status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'Established' && is === 'True');
}
