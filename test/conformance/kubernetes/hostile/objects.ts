import type { Tree } from '../objects-of-tree.ts';
import { againstEdges } from './edges.ts';
import type { Hostile } from './hostile.ts';
import { againstPodSecurity } from './pod-security.ts';
import { againstRights } from './rights.ts';
import { againstWalls } from './walls.ts';
import { againstQuotas, againstWorkloadRules } from './workloads.ts';

/** Every object that must not come in, made from the tree's own. */
export function hostileObjects(tree: Tree): readonly Hostile[] {
  return [
    ...againstPodSecurity(tree),
    ...againstWorkloadRules(tree),
    ...againstQuotas(tree),
    ...againstEdges(tree),
    ...againstWalls(tree),
    ...againstRights(tree),
  ];
}
