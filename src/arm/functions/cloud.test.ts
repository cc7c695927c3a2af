import { describe, expect, test } from 'vitest';
import type { ArmError } from '../arm-error.ts';
import type { CloudFacts } from '../contract.ts';
import { expandTemplate } from '../expand.ts';
import { offlineContext } from '../offline.ts';
import { symbolicRuntime } from '../symbolic-runtime.ts';
import { evaluated, nothingThere } from './test-evaluate.ts';

/** With no cloud to ask, what only a cloud knows is written as it is, with what is known put in. */
describe('functions that ask the cloud', () => {
  const shown = (expression: string, context: Parameters<typeof offlineContext>[0] = {}) =>
    expandTemplate({
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { l: { type: 'string', defaultValue: 'westeurope' } },
        resources: [],
        outputs: { o: { type: 'string', value: `[${expression}]` } },
      },
      context: offlineContext(context),
    }).outputs(symbolicRuntime()).o?.value;

  test.each([
    ["pickZones('A.B', 'c', parameters('l'))", "[pickZones('A.B', 'c', 'westeurope')]"],
    ["toPhysicalZone('s', parameters('l'), '1')", "[toPhysicalZone('s', 'westeurope', '1')]"],
    ["concat(roleDefinitions('Owner').id, parameters('l'))", "[concat(roleDefinitions('Owner').id, 'westeurope')]"],
    ["externalInputs(parameters('l'))", "[externalInputs('westeurope')]"],
  ])('%s', (expression, expected) => {
    expect(shown(expression)).toBe(expected);
  });

  test('a cloud that knows is asked at once, and waits for what it is asked about', () => {
    const cloud: CloudFacts = { physicalZone: (_, location, zone) => `${location}-${zone}` };
    expect(shown("toPhysicalZone('s', 'l', '1')", { cloud })).toBe('l-1');
    const id = '/subscriptions/s/resourceGroups/g/providers/A.B/c/d';
    const waiting = `toPhysicalZone('s', 'l', reference('${id}', '1').zone)`;
    expect(shown(waiting, { cloud })).toBe(`[${waiting}]`);
    expect(shown("externalInputs('a')", { externalInputs: { a: { value: 'x' } } })).toBe('x');
    expect(() => shown("externalInputs('b')", { externalInputs: { a: { value: 'x' } } })).toThrow(
      "'b' is not provided",
    );
  });

  test('a cloud that answers for resources but has no facts refuses by name', () => {
    try {
      evaluated("[pickZones('A.B', 'c', 'l')]", { runtime: nothingThere });
      expect.unreachable();
    } catch (error) {
      expect((error as ArmError).body.details?.[0]?.message).toContain(
        "The template function 'pickZones' is not supported here: only Azure knows its answer",
      );
    }
    expect(() => evaluated('[pickZones(1, 2, 3)]', { context: { cloud: { zones: () => [] } } })).toThrow(
      "'pickZones' expects its first",
    );
    expect(() => evaluated('[externalInputs(1)]')).toThrow(
      "'externalInputs' expects its first parameter to be a string",
    );
  });
});
