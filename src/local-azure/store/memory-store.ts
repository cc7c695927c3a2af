import type { Json } from '../../kernel/canonical-json.ts';
import type { Store } from './store.ts';

/** A store that ends with the process. Values are kept as text, so that nobody can change them from outside. */
export function createMemoryStore(): Store {
  const entries = new Map<string, string>();
  return {
    get: (key) => {
      const text = entries.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    },
    range: (prefix) =>
      [...entries]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([key, text]) => ({ key, value: JSON.parse(text) as Json })),
    transact: async (changes) => {
      const texts = changes.map((change) => (change.op === 'put' ? JSON.stringify(change.value) : undefined));
      changes.forEach((change, i) => {
        const text = texts[i];
        if (text === undefined) entries.delete(change.key);
        else entries.set(change.key, text);
      });
    },
    close: async () => {},
  };
}
