import { expect, test } from 'vitest';
import { expandOffline } from './offline.ts';
import { messages, outline, paths } from './test-refusal.ts';

const one = (options: unknown) => ({ type: 'A.B/c', apiVersion: '1', name: 'x', '@options': options });
const modern = (options: unknown) => ({ ...outline, languageVersion: '2.0', resources: { x: one(options) } });

/** Azure/bicep-reps, REP 0013: `{name: [arguments]}` for each decorator. */
test.each([
  [{ onlyIfNotExists: [] }, true],
  [{ ONLYIFNOTEXISTS: [] }, true],
  [{}, undefined],
  [null, undefined],
])('%j is read', (options, wanted) => {
  const [resource] = expandOffline({ template: modern(options) }).resources;
  expect(resource?.onlyIfNotExists).toBe(wanted);
  expect(resource?.body).toEqual({});
});

test.each([
  [[], "The '@options' have to be an 'Object'. Actual 'Array'"],
  ['x', "The '@options' have to be an 'Object'. Actual 'String'"],
  [{ onlyIfNotExists: true }, "The option 'onlyIfNotExists' has to be an empty 'Array': it takes no arguments"],
  [{ onlyIfNotExists: [1] }, "The option 'onlyIfNotExists' has to be an empty 'Array': it takes no arguments"],
  [{ retryOn: [['x']] }, "The option 'retryOn' is not supported here"],
  [{ onlyIfNotExists: [], waitUntil: [] }, "The option 'waitUntil' is not supported here"],
  [{ [`o${'p'.repeat(100)}`]: [] }, `The option 'o${'p'.repeat(79)}' is not supported here`],
])('%j is refused at its place', (options, message) => {
  expect(messages(modern(options)).join()).toContain(message);
  expect(paths(modern(options))).toEqual(["resources.x['@options']"]);
});

test('resources without symbolic names have none', () => {
  const template = { ...outline, resources: [one({ onlyIfNotExists: [] })] };
  expect(messages(template).join()).toContain("The option 'onlyIfNotExists' needs a template with symbolic names");
  expect(paths(template)).toEqual(["resources[0]['@options']"]);
  expect(expandOffline({ template: { ...outline, resources: [one({})] } }).resources).toHaveLength(1);
});
