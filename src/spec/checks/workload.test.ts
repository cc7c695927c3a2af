import { describe, expect, test } from 'vitest';
import { specOf, summary } from '../test-spec.ts';

const components = `cardholderData:
  components:
    - { name: shop, scope: in-scope, because: It takes card numbers. }
    - { name: stock, scope: connected-to, because: It is called. }
`;

describe('the workload of a spec', () => {
  test('is the sample’s where nothing is said', () => {
    // original-cluster 2.2 and 2.5: in-scope are web-frontend and microservice-c; the chain is front → a → b → c.
    const { cardholderData, workload } = specOf('');
    expect(cardholderData.components.map(({ name, scope }) => `${name} ${scope}`)).toEqual([
      'web-frontend in-scope',
      'microservice-a connected-to',
      'microservice-b connected-to',
      'microservice-c in-scope',
    ]);
    expect(workload.calls.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'web-frontend microservice-a',
      'microservice-a microservice-b',
      'microservice-b microservice-c',
    ]);
    expect(workload.entrance).toBe('web-frontend');
  });

  test('opens nothing by default between components of somebody else', () => {
    expect(specOf(components).workload).toEqual({ calls: [] });
  });

  test.each([
    ['an entrance that is no component', 'workload: { entrance: shpo }', 'SPEC_COMPONENT_UNKNOWN 5:23'],
    ['a call of nobody', 'workload: { calls: [{ from: shop, to: stocks }] }', 'SPEC_COMPONENT_UNKNOWN 5:39'],
    ['a call to itself', 'workload: { calls: [{ from: shop, to: shop }] }', 'SPEC_CALL_TO_ITSELF 5:39'],
    [
      'an allowance for a component in another pool',
      `egress:
  - { name: stock-prices, from: in-scope, component: stock, to: [a.example.com], reason: r, owner: o, expires: '2027-01-01' }`,
      'SPEC_COMPONENT_ELSEWHERE 6:33',
    ],
  ])('refuses %s', (_name, text, problem) => {
    expect(summary(`${components}${text}\n`)).toEqual([problem]);
  });
});
