export { readObjects } from './manifests.ts';
export { renderKustomization } from './render.ts';
export { type RenderedTree, renderTree } from './render-tree.ts';
export type { ManifestTree } from './tree.ts';
