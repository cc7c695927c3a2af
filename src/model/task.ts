import type { Json } from '../kernel/canonical-json.ts';
import type { RoleName } from './role.ts';
import type { StageName } from './stage.ts';

/** What a task does: certificates into vaults, images into registries, configuration to a cluster, or a look at what runs. */
export const taskKinds = ['certificates', 'images', 'gitops', 'workload'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** A step of a stage that is no ARM deployment: it works on the data planes of private services, from inside the network. */
export interface Task {
  readonly name: string;
  readonly stage: StageName;
  readonly kind: TaskKind;
  /** What to do, without any secret. */
  readonly plan: Json;
}

/** An entry of `tasks.yaml`. */
export interface TaskEntry {
  readonly name: string;
  readonly stage: StageName;
  readonly role: RoleName;
  readonly runsFrom: 'inside';
  readonly kind: TaskKind;
  /** Path of the plan, relative to `tasks.yaml`. */
  readonly plan: string;
  /** The deployment that it comes after; first of all where there is none. */
  readonly after?: string;
}
