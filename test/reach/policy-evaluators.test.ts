import { beforeAll, describe, expect, it } from 'vitest';
import { ourJudge } from './compare-policies.ts';
import { type PolicyFault, policyFaults, policyReferee } from './naive-policies.ts';
import { randomCluster, randomPodPacket } from './random-clusters.ts';
import { randomFrom } from './random-zones.ts';

const clusters = 300;
const packetsEach = 300;

describe('the second evaluator of policies', () => {
  const differences: string[] = [];
  const answers = new Map<string, number>();
  const caught = new Map<PolicyFault, number>();
  beforeAll(() => {
    for (let seed = 1; seed <= clusters; seed++) {
      const random = randomFrom(seed);
      const cluster = randomCluster(random);
      const referee = policyReferee(cluster.objects, cluster.plugin);
      const ours = ourJudge(cluster);
      for (let n = 0; n < packetsEach; n++) {
        const packet = randomPodPacket(random, cluster);
        const [expected, found] = [referee(packet), ours(packet)];
        answers.set(expected, (answers.get(expected) ?? 0) + 1);
        if (expected !== found) differences.push(`seed ${seed} ${JSON.stringify(packet)}: ${expected} but ${found}`);
        if (n % 2 === 0)
          for (const fault of policyFaults)
            if (referee(packet, fault) !== found) caught.set(fault, (caught.get(fault) ?? 0) + 1);
      }
    }
  });

  it(`agrees on ${clusters * packetsEach} flows`, () => {
    expect(differences.slice(0, 5)).toEqual([]);
    expect(differences.length).toBe(0);
  });

  it('saw every answer often enough to mean something', () => {
    for (const answer of ['allowed', 'denied', 'depends'])
      expect(answers.get(answer) ?? 0, answer).toBeGreaterThan(2000);
  });

  it.each(policyFaults)('is told apart when it is broken: %s', (fault) => {
    expect(caught.get(fault) ?? 0).toBeGreaterThan(10);
  });
});
