import { fields } from '../../arm-view.ts';
import { extensionRule } from './extension-rule.ts';
import { setting } from './resource-rule.ts';

export const undeclaredObjectsAreRemoved = extensionRule('fluxConfigurations', {
  id: 'undeclared-objects-are-removed',
  statement: 'Flux removes what the configuration no longer names',
  controls: ['1.2.8', '2.2.1'],

  faults: (configuration) => {
    const all = Object.entries(fields(setting(configuration, 'properties.kustomizations')));
    if (all.length === 0) return ['applies nothing'];
    return all.map(([name, one]) =>
      setting(one, 'prune') === true ? undefined : `keeps what ${name} no longer names`,
    );
  },
});
