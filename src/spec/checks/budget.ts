import type { Complaint } from '../complaint.ts';

export function budgetAmount(amount: number): Complaint | undefined {
  if (amount > 0) return undefined;
  return {
    code: 'SPEC_BUDGET_NOT_POSITIVE',
    message: `A budget of ${amount} would be used up before anything is deployed.`,
    hint: 'Give what a month may cost, at least 1.',
  };
}
