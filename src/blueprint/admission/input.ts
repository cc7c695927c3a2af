import type { Components } from '../../spec/components.ts';

/** What the rules of one cluster speak about. */
export interface AdmissionInput {
  /** Login server of the live registry. */
  readonly registry: string;
  readonly host: string;
  readonly ingress: string;
  readonly agents: string;
  /** Namespaces of the workload with their scope. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly adminGroup: string;
  readonly mesh: Components['mesh'];
}
