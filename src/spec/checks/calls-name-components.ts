import { nearest } from '../../kernel/nearest.ts';
import type { Path } from '../path.ts';
import { poolOfScope } from '../scope-pool.ts';
import type { SpecComplaint, SpecRule } from './spec-rule.ts';

/** Calls, the entrance and allowances of one component name components that have a scope: it decides where their pods run. */
export const callsNameComponents: SpecRule = {
  reads: ['workload', 'cardholderData', 'egress'],
  check: (spec) => {
    const { components } = spec.cardholderData;
    const names = components.map(({ name }) => name);
    const unknown = (name: string, at: Path): readonly SpecComplaint[] => {
      if (names.includes(name)) return [];
      const meant = nearest(name, names);
      return [
        {
          code: 'SPEC_COMPONENT_UNKNOWN',
          message: `There is no component ${JSON.stringify(name)}.`,
          why: 'The scope of a component, under cardholderData.components, decides where its pods run.',
          hint:
            meant !== undefined
              ? `Did you mean ${meant}?`
              : names.length === 0
                ? 'List it under cardholderData.components.'
                : `The components are ${names.join(', ')}.`,
          at,
        },
      ];
    };
    const elsewhere = spec.egress.flatMap(({ component, from }, i): readonly SpecComplaint[] => {
      if (component === undefined) return [];
      const found = components.find(({ name }) => name === component);
      if (found === undefined) return unknown(component, ['egress', i, 'component']);
      if (poolOfScope(found.scope) === from) return [];
      return [
        {
          code: 'SPEC_COMPONENT_ELSEWHERE',
          message: `The pods of ${component} are ${found.scope} and do not run in the ${from} pool.`,
          hint: `Write from: ${poolOfScope(found.scope)}.`,
          at: ['egress', i, 'from'],
        },
      ];
    });
    const { entrance, calls } = spec.workload;
    return [
      ...(entrance === undefined ? [] : unknown(entrance, ['workload', 'entrance'])),
      ...calls.flatMap(({ from, to }, i) => [
        ...unknown(from, ['workload', 'calls', i, 'from']),
        ...unknown(to, ['workload', 'calls', i, 'to']),
        ...(from === to
          ? [
              {
                code: 'SPEC_CALL_TO_ITSELF',
                message: `${from} calls itself.`,
                hint: 'Remove the call: what stays inside a pod needs no opening.',
                at: ['workload', 'calls', i, 'to'],
              },
            ]
          : []),
      ]),
      ...elsewhere,
    ];
  },
};
