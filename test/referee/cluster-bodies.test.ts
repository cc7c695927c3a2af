import { expect, test } from 'vitest';
import { blueprintOf, networkParts } from '../../src/blueprint/build.ts';
import { clusterDrafts } from '../../src/blueprint/cluster-drafts.ts';
import { contextOf } from '../../src/blueprint/context.ts';
import { initialSpec } from '../../src/spec/init.ts';
import { parseSpec } from '../../src/spec/load.ts';
import { synthesize } from '../../src/synth/synthesize.ts';
import { AzureTypes } from './azure-types.ts';
import { checkResource } from './check-body.ts';
import { describeWithAzureTypes } from './reference-gate.ts';
import { emittedBodies } from './template-bodies.ts';

/** A certificate's form is all that the spec looks at; Flux gets it as it is. */
const signer = 'gitops:\n  signer: |\n    -----BEGIN CERTIFICATE-----\n    MAA=\n    -----END CERTIFICATE-----\n';

describeWithAzureTypes('every body of a cluster against Microsoft’s types', () => {
  test.each([
    ['without a signer', ''],
    ['with a signer', signer],
  ])('%s', (_name, more) => {
    const spec = parseSpec(`${initialSpec('current')}\n${more}`, 'landing-zone.yaml');
    const context = contextOf(spec, { today: new Date('2026-11-24T00:00:00Z') });
    const { bodies, warnings } = emittedBodies(
      synthesize(blueprintOf(context, [...networkParts(context), ...clusterDrafts(context)])),
    );
    const types = new AzureTypes();
    const faults = bodies.flatMap(({ where, entry }) =>
      checkResource(types, entry).map(({ kind, path, detail }) => `${where}: ${kind} ${path} ${detail}`),
    );
    expect(faults).toEqual([]);
    // A reference without a dependency, or anything else that the template engine finds odd.
    expect(warnings).toEqual([]);
    expect(bodies.filter(({ entry }) => entry.type === 'Microsoft.ContainerService/managedClusters')).toHaveLength(2);
  });
});
