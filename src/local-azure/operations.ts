import { randomUUID } from 'node:crypto';
import type { ArmErrorBody } from '../arm/arm-error.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/units.ts';
import type { Store, StoreChange } from './store/store.ts';

export type OperationStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';

/** A long-running operation as it is kept and polled. */
export interface Operation {
  readonly id: string;
  readonly kind: 'put' | 'delete' | 'deleteGroup' | 'deployment';
  /** The id of the resource, group or deployment that it works on. */
  readonly target: string;
  readonly status: OperationStatus;
  readonly startTime: string;
  readonly endTime?: string;
  /** Of a failed one, with the HTTP status that a direct answer would have had. */
  readonly error?: ArmErrorBody;
  readonly errorStatus?: number;
}

export interface Outcome {
  readonly status: Exclude<OperationStatus, 'InProgress'>;
  readonly error?: { readonly status: number; readonly body: ArmErrorBody };
}

const prefix = 'operation/';
/** How long an ended operation can be asked for. */
const keptFor = milliseconds(60 * 60 * 1000);

/** The long-running operations of this data folder: records in the store, and what runs in this process. */
export class Operations {
  readonly #clock: Clock;
  readonly #records = new Map<string, Operation>();
  readonly #locks = new Map<string, string>();
  readonly #running = new Map<string, { readonly settled: Promise<void>; readonly settle: () => void }>();

  constructor(store: Store, clock: Clock) {
    this.#clock = clock;
    for (const { value } of store.range(prefix)) {
      const operation = value as unknown as Operation;
      this.#records.set(operation.id, operation);
    }
  }

  find(id: string): Operation | undefined {
    return this.#records.get(id);
  }

  /** Ends as failed what an earlier process left unfinished; gives what is to be committed. */
  interrupt(errorOf: (target: string) => ArmErrorBody): readonly StoreChange[] {
    const left = [...this.#records.values()].filter(
      ({ id, status }) => status === 'InProgress' && !this.#running.has(id),
    );
    return left.map((operation) => {
      const body = errorOf(operation.target);
      const ended = this.#ended(operation, { status: 'Failed', error: { status: 409, body } });
      this.#records.set(operation.id, ended);
      return { op: 'put', key: `${prefix}${operation.id}`, value: ended as unknown as Json };
    });
  }

  /** The operation that holds one of the locks, if any. */
  holderOf(locks: readonly string[]): Operation | undefined {
    for (const lock of locks) {
      const id = this.#locks.get(lock.toLowerCase());
      if (id !== undefined) return this.#records.get(id);
    }
    return undefined;
  }

  /** Opens an operation. The caller commits the returned change with what the operation begins with. */
  begin(
    kind: Operation['kind'],
    target: string,
    locks: readonly string[],
  ): { operation: Operation; change: StoreChange } {
    const operation: Operation = {
      id: randomUUID(),
      kind,
      target,
      status: 'InProgress',
      startTime: this.#clock.now().toISOString(),
    };
    this.#records.set(operation.id, operation);
    for (const lock of locks) this.#locks.set(lock.toLowerCase(), operation.id);
    let settle = (): void => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#running.set(operation.id, { settled, settle });
    return { operation, change: { op: 'put', key: `${prefix}${operation.id}`, value: operation as unknown as Json } };
  }

  /**
   * Ends an operation: `write` commits its last changes together with the record, and only then does anybody see the new
   * status. When even that write fails, the operation ends as failed in memory, so that nobody waits for ever.
   */
  async end(
    operation: Operation,
    outcome: Outcome,
    write: (changes: readonly StoreChange[]) => Promise<void>,
  ): Promise<void> {
    const ended = this.#ended(operation, outcome);
    const expired = this.#expired();
    try {
      await write([
        { op: 'put', key: `${prefix}${operation.id}`, value: ended as unknown as Json },
        ...expired.map((id): StoreChange => ({ op: 'delete', key: `${prefix}${id}` })),
      ]);
      for (const id of expired) this.#records.delete(id);
      this.#records.set(operation.id, ended);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#records.set(operation.id, {
        ...ended,
        status: 'Failed',
        errorStatus: 500,
        error: { code: 'InternalServerError', message },
      });
    } finally {
      this.#release(operation.id);
    }
  }

  /** Gives up an operation whose beginning could not be written: it never was. */
  abandon(operation: Operation): void {
    this.#records.delete(operation.id);
    this.#release(operation.id);
  }

  /** Resolves when the operation has ended (at once when it is not running). */
  async settled(id: string): Promise<void> {
    await this.#running.get(id)?.settled;
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ settled }) => settled));
  }

  #ended(operation: Operation, outcome: Outcome): Operation {
    return {
      ...operation,
      status: outcome.status,
      endTime: this.#clock.now().toISOString(),
      ...(outcome.error === undefined ? {} : { error: outcome.error.body, errorStatus: outcome.error.status }),
    };
  }

  #expired(): readonly string[] {
    const oldest = this.#clock.now().getTime() - keptFor;
    return [...this.#records.values()]
      .filter(({ endTime }) => endTime !== undefined && Date.parse(endTime) < oldest)
      .map(({ id }) => id);
  }

  #release(id: string): void {
    for (const [lock, holder] of this.#locks) if (holder === id) this.#locks.delete(lock);
    this.#running.get(id)?.settle();
    this.#running.delete(id);
  }
}
