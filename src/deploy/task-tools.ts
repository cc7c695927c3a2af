import type { ArmClient } from '../azure/arm-client.ts';
import type { DataPlanes } from '../azure/data-plane.ts';
import type { Host } from '../kernel/host.ts';

/** What a task works with. */
export interface TaskTools {
  readonly dataPlanes: DataPlanes;
  /** Azure Resource Manager, from inside. */
  readonly client: ArmClient;
  /** The files below a folder of what synth has written, by path in it; undefined where there is no such folder. */
  readonly readFolder: (path: string) => ReadonlyMap<string, string> | undefined;
  readonly host: Host;
}

export interface TaskOutcome {
  /** How many things the task looked after. */
  readonly items: number;
  /** What it did, in words, for log and progress. */
  readonly summary: string;
}
