import { describe, expect, test } from 'vitest';
import { Problems } from '../kernel/errors.ts';
import { minutes } from '../kernel/units.ts';
import type { RoleName } from '../model/role.ts';
import type { Stage, StageName } from '../model/stage.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { planDeployment } from './plan.ts';

/** The order and the roles: docs of the landing zone, "stages" (hub needs subscription; the hub belongs to network). */
const stage = (name: StageName, role: RoleName, ...needs: StageName[]): Stage => ({
  name,
  role,
  needs,
  title: '',
  runsFrom: 'anywhere',
  gives: [],
  expected: minutes(1),
});
const stages = [
  stage('subscription', 'governance'),
  stage('hub', 'network', 'subscription'),
  stage('cluster-spoke', 'network', 'hub'),
];

let line = 0;
function entry(name: string, more: { stage?: StageName; role?: RoleName; group?: string } = {}): ReadDeployment {
  const subscriptionId = '00000000-0000-4000-8000-000000000000';
  const { group, ...rest } = more;
  return {
    entry: { template: 't.json', scope: '', name, ...rest },
    scope:
      group === undefined
        ? { kind: 'subscription', subscriptionId }
        : { kind: 'resourceGroup', subscriptionId, resourceGroup: group },
    template: '{}',
    parameters: {},
    place: { file: 'deployments.yaml', line: ++line, column: 3 },
  };
}

const names = (plan: ReturnType<typeof planDeployment>) =>
  plan.map(({ name, role, deployments }) => [name, role, deployments.map((one) => one.entry.name)]);

function problemsOf(deployments: readonly ReadDeployment[]): readonly (readonly [string, number, number])[] {
  try {
    planDeployment(deployments, stages);
  } catch (error) {
    const all = error instanceof Problems ? error.all : [error as Problems];
    return all.map((one) => [one.code, one.place?.line ?? 0, one.related[0]?.line ?? 0]);
  }
  return [];
}

describe('a plan', () => {
  const list = [
    entry('sub', { stage: 'subscription', role: 'governance' }),
    entry('hub-a', { stage: 'hub', role: 'network', group: 'a' }),
    entry('hub-b', { stage: 'hub', group: 'b' }),
    entry('mine'),
  ];

  test('has the stages in the order of the list; an entry without a role has its stage’s, one without a stage is by itself', () => {
    expect(names(planDeployment(list, stages))).toEqual([
      ['subscription', 'governance', ['sub']],
      ['hub', 'network', ['hub-a', 'hub-b']],
      ['mine', undefined, ['mine']],
    ]);
  });

  test('may be one stage of them', () => {
    expect(names(planDeployment(list, stages, 'hub'))).toEqual([['hub', 'network', ['hub-a', 'hub-b']]]);
    expect(() => planDeployment(list, stages, 'gitops')).toThrow(
      expect.objectContaining({
        code: 'STAGE_UNKNOWN',
        kind: 'usage',
        hint: 'Stages: subscription, hub.',
      }),
    );
    expect(() => planDeployment([], stages)).toThrow(expect.objectContaining({ code: 'STAGE_UNKNOWN' }));
  });
});

describe('a list that contradicts itself', () => {
  test('two deployments of one name in one scope, whatever their case; in two scopes they may', () => {
    const [a, b, c] = [entry('net', { group: 'rg' }), entry('other', { group: 'rg' }), entry('NET', { group: 'RG' })];
    expect(problemsOf([a, b, c])).toEqual([['DEPLOY_NAME_TWICE', c.place.line, a.place.line]]);
    expect(problemsOf([a, entry('net', { group: 'rg-2' }), entry('net')])).toEqual([]);
  });

  test('a stage before one that it needs', () => {
    const [hub, sub] = [entry('hub', { stage: 'hub' }), entry('sub', { stage: 'subscription' })];
    expect(problemsOf([hub, sub])).toEqual([['DEPLOY_ORDER_WRONG', hub.place.line, sub.place.line]]);
    expect(problemsOf([sub, hub])).toEqual([]);
  });

  test('a stage given to another role', () => {
    const hub = entry('hub', { stage: 'hub', role: 'application-team' });
    expect(problemsOf([hub])).toEqual([['DEPLOY_ROLE_WRONG', hub.place.line, 0]]);
  });

  test('everything at once', () => {
    const hub = entry('x', { stage: 'hub', role: 'security' });
    expect(problemsOf([hub, entry('x', { stage: 'subscription' })]).map(([code]) => code)).toEqual([
      'DEPLOY_NAME_TWICE',
      'DEPLOY_ORDER_WRONG',
      'DEPLOY_ROLE_WRONG',
    ]);
  });
});
