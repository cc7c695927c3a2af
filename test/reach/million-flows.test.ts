import { describe, expect, it } from 'vitest';
import { ourJudge } from './compare-policies.ts';
import { policyReferee } from './naive-policies.ts';
import { randomCluster, randomPodPacket } from './random-clusters.ts';
import { randomFrom } from './random-zones.ts';

const clusters = 1000;
const packetsEach = 1000;

describe('one million random flows', () => {
  it(`${clusters} clusters, ${packetsEach} flows each: the engine and the second evaluator never differ`, () => {
    let compared = 0;
    const answers: Record<string, number> = {};
    const differences: string[] = [];
    for (let seed = 100_001; seed <= 100_000 + clusters; seed++) {
      const random = randomFrom(seed);
      const cluster = randomCluster(random);
      const referee = policyReferee(cluster.objects, cluster.plugin);
      const ours = ourJudge(cluster);
      for (let n = 0; n < packetsEach; n++) {
        const packet = randomPodPacket(random, cluster);
        const expected = referee(packet);
        compared += 1;
        answers[expected] = (answers[expected] ?? 0) + 1;
        if (expected !== ours(packet))
          differences.push(`seed ${seed} ${JSON.stringify(packet)}: ${expected} but ${ours(packet)}`);
      }
    }
    console.log(`${compared} flows compared, ${differences.length} differences: ${JSON.stringify(answers)}`);
    expect(differences.slice(0, 5)).toEqual([]);
    expect(compared).toBe(1_000_000);
  });
});
