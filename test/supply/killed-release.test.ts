import { expect, test } from 'vitest';
import { clientsOf } from '../../src/cli/local-target.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createMemoryStore, type Store, type StoreChange } from '../../src/local-azure/store/index.ts';
import { openOn } from './inside.ts';
import { configuration, openSite, releaseTo, tree } from './site.ts';

/** A store that keeps what it held after each write, from when it is asked to. */
function rememberingStore() {
  const inner = createMemoryStore();
  const after: (readonly StoreChange[])[] = [];
  let remembers = false;
  const all = (): readonly StoreChange[] => [...inner.range('')].map((entry) => ({ op: 'put', ...entry }));
  const store: Store = {
    ...inner,
    transact: async (changes) => {
      await inner.transact(changes);
      if (remembers) after.push(all());
    },
  };
  return {
    store,
    after,
    remember: () => {
      remembers = true;
    },
  };
}
/** Nobody waits for Flux here: what is there is applied by the next look, or never. */
const impatient = {
  ...systemClock,
  sleep: async (ms: number) => {
    if (ms >= 1000) throw new Error('waits for Flux');
  },
};

test.each([
  ['the first', []],
  ['a later', ['a']],
])(
  '%s release, killed after any write of its own, is ended by the next run, which changes nothing else',
  async (_, before) => {
    const { store, after, remember } = rememberingStore();
    const one = await openSite(store);
    if (before.length > 0) await one.release(tree(before));
    remember();
    const files = tree(['a', 'b']);
    await one.release(files);
    const expected = await one.compliance();
    expect(after.length).toBeGreaterThan(5);
    for (const [write, content] of after.entries()) {
      const left = createMemoryStore();
      await left.transact(content);
      const azure = openOn(left);
      const clients = clientsOf(azure);
      const arm = clients.client();
      const again = await releaseTo({ arm, dataPlanes: clients.dataPlanes('security') }, files, impatient);
      expect(again.summary, `killed after write ${write + 1} of ${after.length}`).toMatch(/ reconciled$/);
      const { properties } = await arm.get<{ properties: Record<string, unknown> }>(configuration, '2025-04-01');
      expect(properties, `killed after write ${write + 1} of ${after.length}`).toEqual(expected);
      expect(azure.objects().map(({ object }) => object.metadata.name)).toEqual(['a', 'b']);
      await azure.close();
    }
  },
);
