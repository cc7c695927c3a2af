import type { Rule } from '../rule.ts';
import { activityLogIsExported } from './activity-log-is-exported.ts';
import { alertsReachSomebody } from './alerts-reach-somebody.ts';
import { archivedLogsAreImmutable } from './archived-logs-are-immutable.ts';
import { complianceInitiativeIsAssigned } from './compliance-initiative-is-assigned.ts';
import { customRolesGrantNoWildcardOverEverything } from './custom-roles-grant-no-wildcard-over-everything.ts';
import { defenderPlansAreOn } from './defender-plans-are-on.ts';
import { everyNetworkHasAFlowLog } from './every-network-has-a-flow-log.ts';
import { imageToolsHaveDigests } from './image-tools-have-digests.ts';
import { logStorageIsClosed } from './log-storage-is-closed.ts';
import { mendingPoliciesHaveRights } from './mending-policies-have-rights.ts';
import { monitoringIsPrivateOnly } from './monitoring-is-private-only.ts';
import { noMachineHasAPublicAddress } from './no-machine-has-a-public-address.ts';
import { policiesDenyWhatTheyCan } from './policies-deny-what-they-can.ts';
import { scaleSetsAreHard } from './scale-sets-are-hard.ts';
import { securityContactsAreNamed } from './security-contacts-are-named.ts';
import { sentinelIsOn } from './sentinel-is-on.ts';
import { tablesAreKeptTwelveMonths } from './tables-are-kept-twelve-months.ts';
import { whatLogsHasADiagnosticSetting } from './what-logs-has-a-diagnostic-setting.ts';

/** Rules about rights, policies, records, alerts and the machines of operators. */
export const governanceRules: readonly Rule[] = [
  activityLogIsExported,
  alertsReachSomebody,
  archivedLogsAreImmutable,
  complianceInitiativeIsAssigned,
  customRolesGrantNoWildcardOverEverything,
  defenderPlansAreOn,
  everyNetworkHasAFlowLog,
  imageToolsHaveDigests,
  logStorageIsClosed,
  mendingPoliciesHaveRights,
  monitoringIsPrivateOnly,
  noMachineHasAPublicAddress,
  policiesDenyWhatTheyCan,
  scaleSetsAreHard,
  securityContactsAreNamed,
  sentinelIsOn,
  tablesAreKeptTwelveMonths,
  whatLogsHasADiagnosticSetting,
];
