import type { Minutes } from '../kernel/units.ts';
import type { RoleName } from './role.ts';

/** The stages in the order of a deployment (design: landing-zone.md section 1). */
export const stageNames = [
  'identity',
  'subscription',
  'hub',
  'image-spoke',
  'jump-box-image',
  'cluster-spoke',
  'hub-rules',
  'supply',
  'jump-boxes',
  'certificates',
  'images',
  'cluster',
  'cluster-identity',
  'gitops',
  'gateway',
  'workload',
  'alerts',
] as const;

export type StageName = (typeof stageNames)[number];

/** One piece of work by one role. */
export interface Stage {
  readonly name: StageName;
  readonly role: RoleName;
  readonly title: string;
  readonly runsFrom: 'anywhere' | 'inside';
  /** Stages that must be done before. */
  readonly needs: readonly StageName[];
  /** What later stages and people get from it, in words. */
  readonly gives: readonly string[];
  /** About how long Azure takes. */
  readonly expected: Minutes;
}
