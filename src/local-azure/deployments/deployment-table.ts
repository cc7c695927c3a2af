import type { ArmErrorBody } from '../../arm/arm-error.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import type { Store, StoreChange } from '../store/store.ts';

export const deploymentType = 'Microsoft.Resources/deployments';

export type DeploymentState = 'Accepted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';

/** A deployment as GET returns it. */
export interface Deployment {
  readonly id: string;
  readonly name: string;
  readonly type: typeof deploymentType;
  /** Of a deployment to a subscription. */
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: {
    readonly provisioningState: DeploymentState;
    readonly timestamp: string;
    readonly [key: string]: unknown;
  };
}

/** What a deployment did with one resource, as `…/operations` lists it. */
export interface DeploymentOperation {
  readonly id: string;
  readonly operationId: string;
  readonly properties: { readonly provisioningState: string; readonly [key: string]: unknown };
}

interface Entry {
  readonly deployment: Deployment;
  readonly operations: Map<string, DeploymentOperation>;
}

/** learn.microsoft.com "Deployment history deletions": 800 a scope, the oldest go first. */
const historyLimit = 800;
const prefix = 'deployment/';
const operationPrefix = 'deployment-operation/';
const templatePrefix = 'deployment-template/';

const isRunning = ({ properties }: Deployment): boolean =>
  properties.provisioningState === 'Accepted' || properties.provisioningState === 'Running';

/** The deployments of every scope with their operations. Methods change memory and return what the caller commits. */
export class DeploymentTable {
  readonly #store: Store;
  readonly #entries = new Map<string, Entry>();

  constructor(store: Store) {
    this.#store = store;
    for (const { key, value } of store.range(prefix)) {
      this.#entries.set(key.slice(prefix.length), {
        deployment: value as unknown as Deployment,
        operations: new Map(),
      });
    }
    for (const { value } of store.range(operationPrefix)) {
      const operation = value as unknown as DeploymentOperation;
      const owner = operation.id.slice(0, operation.id.toLowerCase().lastIndexOf('/operations/')).toLowerCase();
      this.#entries.get(owner)?.operations.set(operation.operationId, operation);
    }
  }

  find(id: string): Deployment | undefined {
    return this.#entries.get(id.toLowerCase())?.deployment;
  }

  /** The deployments of a scope (not of groups below it), newest first. */
  list(scopeId: string): readonly Deployment[] {
    const start = `${scopeId}/providers/${deploymentType}/`.toLowerCase();
    return [...this.#entries]
      .filter(([key]) => key.startsWith(start))
      .map(([, { deployment }]) => deployment)
      .sort((a, b) => (a.properties.timestamp < b.properties.timestamp ? 1 : -1));
  }

  /** Whether a deployment runs in a resource group. */
  runningIn(groupId: string): boolean {
    return this.list(groupId).some(isRunning);
  }

  /** Those that no process works on, once an earlier one has gone. */
  unfinished(): readonly Deployment[] {
    return [...this.#entries.values()].map(({ deployment }) => deployment).filter(isRunning);
  }

  put(deployment: Deployment): readonly StoreChange[] {
    const key = deployment.id.toLowerCase();
    const entry = this.#entries.get(key);
    const full = entry === undefined ? this.#makeRoom(deployment) : [];
    this.#entries.set(key, { deployment, operations: entry?.operations ?? new Map() });
    return [...full, { op: 'put', key: `${prefix}${key}`, value: deployment as unknown as Json }];
  }

  /** Begins a deployment of that name anew: earlier operations go. @param template kept for `exportTemplate` */
  begin(deployment: Deployment, template: Json | undefined): readonly StoreChange[] {
    const removed = this.remove(deployment.id);
    const templateKey = `${templatePrefix}${deployment.id.toLowerCase()}`;
    const kept: readonly StoreChange[] =
      template === undefined ? [] : [{ op: 'put', key: templateKey, value: template }];
    return [...removed, ...this.put(deployment), ...kept];
  }

  remove(id: string): readonly StoreChange[] {
    const key = id.toLowerCase();
    const entry = this.#entries.get(key);
    if (entry === undefined) return [];
    this.#entries.delete(key);
    return [
      { op: 'delete', key: `${prefix}${key}` },
      { op: 'delete', key: `${templatePrefix}${key}` },
      ...[...entry.operations.keys()].map((operationId): StoreChange => {
        return { op: 'delete', key: `${operationPrefix}${key}/${operationId}` };
      }),
    ];
  }

  /** Forgets the history of a group that is gone. */
  forget(groupId: string): readonly StoreChange[] {
    return this.list(groupId).flatMap(({ id }) => this.remove(id));
  }

  template(id: string): Json | undefined {
    return this.#store.get(`${templatePrefix}${id.toLowerCase()}`);
  }

  /** In the order in which they began. */
  operations(id: string): readonly DeploymentOperation[] {
    return [...(this.#entries.get(id.toLowerCase())?.operations.values() ?? [])];
  }

  putOperation(deploymentId: string, operation: DeploymentOperation): readonly StoreChange[] {
    const key = deploymentId.toLowerCase();
    this.#entries.get(key)?.operations.set(operation.operationId, operation);
    return [
      { op: 'put', key: `${operationPrefix}${key}/${operation.operationId}`, value: operation as unknown as Json },
    ];
  }

  /** Ends the operations of a deployment that nobody works on any more. */
  interruptOperations(deploymentId: string, error: ArmErrorBody): readonly StoreChange[] {
    return this.operations(deploymentId)
      .filter(({ properties }) => properties.provisioningState === 'Running')
      .flatMap((operation) => {
        const properties = { ...operation.properties, provisioningState: 'Failed', statusCode: 'Conflict' };
        return this.putOperation(deploymentId, {
          ...operation,
          properties: { ...properties, statusMessage: { status: 'Failed', error } },
        });
      });
  }

  #makeRoom(deployment: Deployment): readonly StoreChange[] {
    const scopeId = deployment.id.slice(0, deployment.id.toLowerCase().lastIndexOf('/providers/'));
    const ended = this.list(scopeId).filter((other) => !isRunning(other));
    return ended.slice(historyLimit - 1).flatMap(({ id }) => this.remove(id));
  }
}
