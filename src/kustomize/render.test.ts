import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../kernel/files.ts';
import { type ManifestTree, readObjects, renderKustomization, renderTree } from './index.ts';

const corpus = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../test/corpus/kustomize');

function treeOf(folder: string): ManifestTree {
  const at = path.join(corpus, folder);
  return {
    name: folder,
    files: new Map(listFiles(at).map((file) => [file, readFileSync(path.join(at, file), 'utf8')])),
  };
}

const tree = (files: Record<string, string>): ManifestTree => ({ name: 'tree', files: new Map(Object.entries(files)) });
const key = (one: { readonly kind: string; readonly metadata: { readonly name: string } }): string =>
  `${one.kind} ${one.metadata.name}`;

describe('a kustomization', () => {
  /** Expected: what kustomize itself printed; each file says which version. */
  it.each(['overlay', 'component', 'custom'])('%s is rendered as kustomize renders it', (name) => {
    const expected = readObjects(readFileSync(path.join(corpus, `${name}.expected.yaml`), 'utf8'), name);
    const rendered = renderKustomization(treeOf(name), '');
    expect(rendered.map(key).sort()).toEqual(expected.map(key).sort());
    const byKey = new Map(expected.map((one) => [key(one), one]));
    for (const one of rendered) expect(one, key(one)).toEqual(byKey.get(key(one)));
  });

  it.each([
    ['configMapGenerator: [{ name: a }]', 'KUSTOMIZATION_NOT_RENDERED'],
    ['namePrefix: a-', 'KUSTOMIZATION_NOT_RENDERED'],
    ['resources: ["https://example.com/a.yaml"]', 'KUSTOMIZATION_NOT_RENDERED'],
    ['resources: ["../../etc/passwd"]', 'KUSTOMIZATION_PATH'],
    ['resources: [/etc/passwd]', 'KUSTOMIZATION_PATH'],
    ['resources: [none.yaml]', 'KUSTOMIZATION_FILE_MISSING'],
    ['resources: ["."]', 'KUSTOMIZATION_CYCLE'],
    ['resource: [a.yaml]', 'KUSTOMIZATION_FORM'],
    ['resources: {a: b}', 'KUSTOMIZATION_FORM'],
    ['a: *b', 'MANIFEST_YAML'],
  ])('%s is refused', (text, code) => {
    expect(() => renderKustomization(tree({ 'kustomization.yaml': text }), '')).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });
});

describe('a tree', () => {
  const map = (name: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`;

  it('without a root kustomization: each that no other includes, and loose manifests', () => {
    const { objects, notes } = renderTree(
      tree({
        'one/kustomization.yaml': 'resources: [../base, a.yaml]',
        'one/a.yaml': map('a'),
        'one/stray.yaml': map('stray'),
        'base/kustomization.yaml': 'resources: [b.yaml]',
        'base/b.yaml': map('b'),
        'loose/c.yaml': map('c'),
        'values.yaml': 'replicas: 3',
      }),
    );
    expect(objects.map((one) => one.metadata.name).sort()).toEqual(['a', 'b', 'c']);
    expect(notes).toEqual(['tree/values.yaml holds no Kubernetes objects and is not looked at.']);
  });

  it('with a root kustomization: what it says, and nothing else', () => {
    const { objects } = renderTree(
      tree({ 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': map('a'), 'b.yaml': map('b') }),
    );
    expect(objects.map((one) => one.metadata.name)).toEqual(['a']);
  });

  it('28: objects land in the namespace that Flux puts them in', () => {
    const { objects, notes } = renderTree(
      tree({
        'flux.yaml': [
          '{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {path: ./apps, targetNamespace: shop}}',
          '{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: far, namespace: flux-system}, spec: {path: ./none}}',
        ].join('\n---\n'),
        'apps/a.yaml': map('a'),
      }),
    );
    expect(objects.find((one) => one.metadata.name === 'a')?.metadata.namespace).toBe('shop');
    expect(objects.filter((one) => one.metadata.name === 'a')).toHaveLength(1);
    expect(notes.join()).toContain('flux-system/far applies ./none');
  });
});
