import type { Json } from '../kernel/canonical-json.ts';
import type { Store } from './store/store.ts';

export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
}

const prefix = 'subscription/';

/** The subscriptions of the one tenant, and the namespaces that each has registered or unregistered. */
export class Subscriptions {
  readonly #store: Store;
  readonly #byId = new Map<string, Subscription>();

  constructor(store: Store) {
    this.#store = store;
    for (const { value } of store.range(prefix)) {
      const subscription = value as unknown as Subscription;
      this.#byId.set(subscription.subscriptionId.toLowerCase(), subscription);
    }
  }

  find(id: string): Subscription | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** In id order. */
  all(): readonly Subscription[] {
    return [...this.#byId.keys()].sort().map((key) => this.#byId.get(key) as Subscription);
  }

  /** Makes a subscription exist; a known one is left as it is. */
  async ensure(subscription: Subscription): Promise<void> {
    const key = subscription.subscriptionId.toLowerCase();
    if (this.#byId.has(key)) return;
    this.#byId.set(key, subscription);
    await this.#store.transact([{ op: 'put', key: `${prefix}${key}`, value: subscription as unknown as Json }]);
  }

  isRegistered(subscriptionId: string, namespace: string): boolean {
    return this.#store.get(registrationKey(subscriptionId, namespace)) !== 'NotRegistered';
  }

  async setRegistered(subscriptionId: string, namespace: string, registered: boolean): Promise<void> {
    const value = registered ? 'Registered' : 'NotRegistered';
    await this.#store.transact([{ op: 'put', key: registrationKey(subscriptionId, namespace), value }]);
  }
}

const registrationKey = (subscriptionId: string, namespace: string): string =>
  `registration/${subscriptionId.toLowerCase()}/${namespace.toLowerCase()}`;
