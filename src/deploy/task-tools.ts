import type { ArmClient } from '../azure/arm-client.ts';
import type { Host } from '../kernel/host.ts';

/** Clients of data planes by host: `kv-payments.vault.azure.net`, with tokens for an audience. */
export type DataPlanes = (host: string, audience: string) => ArmClient;

/** What a task works with. */
export interface TaskTools {
  readonly dataPlanes: DataPlanes;
  readonly host: Host;
}

export interface TaskOutcome {
  /** How many things the task looked after. */
  readonly items: number;
  /** What it did, in words, for log and progress. */
  readonly summary: string;
}
