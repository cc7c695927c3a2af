import { buildAlerts } from './alerts/build.ts';
import type { DerivedPart } from './build.ts';
import type { BuildContext } from './context.ts';
import { buildDefender } from './defender/build.ts';
import type { PartDraft } from './draft.ts';
import { buildJumpBoxes } from './jumpbox/build.ts';
import { buildMonitoring, buildWatchers } from './observability/build.ts';
import { buildDiagnostics } from './observability/diagnostics.ts';
import { buildPolicy } from './policy/build.ts';
import { buildBudget } from './subscription/build.ts';

/** What watches, and whence people administer. */
export function operationsDrafts(context: BuildContext): readonly PartDraft[] {
  return [
    buildWatchers(context),
    buildBudget(context),
    buildDefender(context),
    buildJumpBoxes(context),
    buildAlerts(context),
  ];
}

/** What follows from the other parts, each from those before it. */
export const governanceParts: readonly DerivedPart[] = [buildMonitoring, buildDiagnostics, buildPolicy];
