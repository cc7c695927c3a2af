import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { defenderDecisions } from './decisions.ts';
import { type DefenderPlan, defenderPlans, defenderPlansOf2021 } from './plans.ts';

/** Microsoft Defender for Cloud: its plans for the subscription, and whom it tells. */
export function buildDefender(context: BuildContext): PartDraft {
  return {
    name: 'defender',
    ...joined(...plans[context.spec.components.defender].map(plan), contact(context)),
    decisions: defenderDecisions,
    intents: [],
  };
}

const plans = { containers: defenderPlans, 'kubernetes-and-registries': defenderPlansOf2021 } as const;

const atSubscription = {
  stage: 'subscription',
  deployment: 'subscription',
  scope: { kind: 'subscription' },
} as const;

function plan({ name, subPlan, extensions, decision }: DefenderPlan): Built {
  const resource: Resource = {
    ...atSubscription,
    key: `defender/${name}`,
    type: 'Microsoft.Security/pricings',
    apiVersion: apiVersions.pricings,
    name,
    properties: {
      pricingTier: 'Standard',
      ...(subPlan === undefined ? {} : { subPlan }),
      // Nobody below the subscription turns it off for a resource of theirs.
      enforce: 'True',
      ...(extensions.length === 0
        ? {}
        : {
            extensions: extensions.map((one) => ({
              name: one.name,
              isEnabled: one.on ? 'True' : 'False',
              ...(one.settings === undefined ? {} : { additionalExtensionProperties: one.settings }),
            })),
          }),
    },
    // Azure refuses two changes of plans of one subscription at a time.
    oneAtATime: 'defender/plans',
  };
  return claimed(resource, decision, 'defender-plans-are-enforced');
}

function contact({ spec }: BuildContext): Built {
  const { security } = spec.contacts;
  return claimed(
    {
      ...atSubscription,
      key: 'defender/contact',
      type: 'Microsoft.Security/securityContacts',
      apiVersion: apiVersions.securityContacts,
      name: 'default',
      properties: {
        isEnabled: true,
        ...(security.length === 0 ? {} : { emails: security.join(';') }),
        notificationsByRole: { state: 'On', roles: ['Owner'] },
        notificationsSources: [
          { sourceType: 'Alert', minimalSeverity: 'Low' },
          { sourceType: 'AttackPath', minimalRiskLevel: 'Medium' },
        ],
      },
    },
    'security-alerts-reach-people',
  );
}
