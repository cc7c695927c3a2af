import type { Components } from '../../spec/components.ts';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { classicDecisions } from './classic-decisions.ts';
import { classicFirewalls } from './classic-firewall.ts';
import { allowanceDecisions, firewallDecisions } from './decisions.ts';
import { policyFirewalls, requestedRules } from './policy-firewall.ts';

const options: Readonly<Record<Components['firewall'], (context: BuildContext) => Built>> = {
  'premium-policy': policyFirewalls,
  'standard-classic': classicFirewalls,
};

/** Firewall and rules of each hub: those for building images with the hub, those of a cluster once its spoke is there. */
export function buildFirewalls(context: BuildContext): PartDraft {
  const { components } = context.spec;
  return {
    name: 'firewall',
    ...joined(options[components.firewall](context), requestedRules(context)),
    decisions: [...firewallDecisions, ...classicDecisions, ...allowanceDecisions(context)],
    intents: [],
  };
}
