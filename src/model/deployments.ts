import type { RoleName } from './role.ts';
import type { StageName } from './stage.ts';

/**
 * An entry of `deployments.yaml`. The first four keys are the contract for any folder; the others are there in ours, and let
 * `deploy` go by stage and role.
 */
export interface DeploymentEntry {
  /** Path of the template, relative to `deployments.yaml`. */
  readonly template: string;
  /** Path of a parameter file, or the values inline. */
  readonly parameters?: string | Readonly<Record<string, unknown>>;
  /** A subscription or resource group id. */
  readonly scope: string;
  readonly name: string;
  /** Where a subscription-scope deployment keeps its record. */
  readonly location?: string;
  readonly stage?: StageName;
  readonly role?: RoleName;
  readonly runsFrom?: 'anywhere' | 'inside';
}

/** A file that synth makes: path relative to the output folder, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}
