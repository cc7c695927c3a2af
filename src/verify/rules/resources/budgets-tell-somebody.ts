import { fields } from '../../arm-view.ts';
import { list, resourceRule, setting } from './resource-rule.ts';

export const budgetsTellSomebody = resourceRule({
  id: 'budgets-tell-somebody',
  statement: 'Budgets tell people before they are spent',
  controls: ['10.4.1', '12.10.5'],
  type: 'Microsoft.Consumption/budgets',
  faults: (budget) => {
    const early = Object.values(fields(setting(budget, 'properties.notifications'))).filter(
      (one) =>
        setting(one, 'enabled') === true &&
        Number(setting(one, 'threshold')) < 100 &&
        [...list(one, 'contactEmails'), ...list(one, 'contactRoles')].length > 0,
    );
    return [early.length > 0 ? undefined : 'tells nobody before it is spent'];
  },
});
