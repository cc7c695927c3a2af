import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Problem } from '../kernel/errors.ts';
import { renderTree } from '../kustomize/index.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { PlacedObject } from '../model/placed-object.ts';
import { gitopsFiles } from './gitops-tree.ts';

const at = (layer: string, object: KubernetesObject): PlacedObject => ({ cluster: 'aks-one', layer, object });
const map = (name: string, namespace = 'shop'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data: { on: 'yes', number: '0x10' },
});
const flux: KubernetesObject = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'shop', namespace: 'flux-system' },
  spec: { path: './layers/shop', postBuild: { substitute: { id: 'the-id', later: `\${later}` } } },
};
const objects = [at('flux', flux), at('shop', map('b')), at('shop', map('a'))];

describe('a GitOps tree', () => {
  const files = gitopsFiles(objects);

  test('has one object a file, and a kustomization in each folder', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'gitops/aks-one/kustomization.yaml',
      'gitops/aks-one/flux/kustomization.yaml',
      'gitops/aks-one/flux/flux-system.kustomization.shop.yaml',
      'gitops/aks-one/layers/shop/kustomization.yaml',
      'gitops/aks-one/layers/shop/shop.config-map.a.yaml',
      'gitops/aks-one/layers/shop/shop.config-map.b.yaml',
    ]);
  });

  test('is the same bytes whatever the order of the objects', () => {
    expect(gitopsFiles([...objects].reverse())).toEqual(files);
    for (const { text } of files) expect(text).not.toContain('\r');
  });

  test('quotes what an older reader of YAML takes for something else', () => {
    // YAML 1.1, which Kubernetes reads: "yes" and "on" are booleans there.
    const { text } = files[4] ?? { text: '' };
    expect(parse(text, { version: '1.1' })).toEqual(map('a'));
  });

  test('rendered as Flux does, gives the objects back', () => {
    // src/kustomize reads trees of anybody; it shares nothing with what writes them.
    const tree = new Map(files.map(({ path, text }) => [path.replace('gitops/aks-one/', ''), text]));
    const { objects: rendered, notes } = renderTree({ name: 'tree', files: tree });
    expect(notes).toEqual([]);
    expect(rendered).toHaveLength(3);
    expect(rendered).toEqual(expect.arrayContaining([flux, map('a'), map('b')]));
  });

  test.each([
    ['one object in two layers', [at('shop', map('a')), at('other', map('a'))], 'SYNTH_DUPLICATE_OBJECT'],
    ['a name that the API server refuses', [at('shop', map('A_b'))], 'SYNTH_OBJECT_NAME'],
  ])('refuses %s', (_name, wrong, code) => {
    expect(() => gitopsFiles(wrong)).toThrow(Problem);
    expect(() => gitopsFiles(wrong)).toThrow(expect.objectContaining({ code }));
  });
});
