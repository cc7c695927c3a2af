import { ExpressionFailure } from './arm-failures.ts';
import type { Environment } from './environment.ts';
import { evaluateTree } from './evaluate-tree.ts';
import { jsonType } from './json-value.ts';
import { isResidual } from './residual.ts';
import type { Named } from './template-model.ts';
import type { Violations } from './violations.ts';

/**
 * Checks the `asserts` of a template (Azure/bicep, "Experimental features", assertions): each has to be true, and to be known
 * before anything is deployed. Deploying what a template itself calls wrong would help nobody, so a false one is a violation.
 */
export function checkAsserts(asserts: readonly Named[], environment: Environment, violations: Violations): void {
  for (const one of asserts) {
    const describe = (inner: string): string => `The template assertion '${one.name}' is not valid: ${inner}.`;
    violations.attempt(one.path, describe, () => {
      const value = evaluateTree(one.value, environment, one.path);
      if (isResidual(value)) throw new ExpressionFailure('it has to be known before any resource is deployed');
      if (typeof value !== 'boolean')
        throw new ExpressionFailure(`it has to be of type 'Boolean'. Actual '${jsonType(value)}'`);
      if (!value) throw new ExpressionFailure('it is false');
    });
  }
}
