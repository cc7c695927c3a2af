import type { Rule } from '../rule.ts';
import { activityLogIsExported } from './activity-log-is-exported.ts';
import { alertsReachSomebody } from './alerts-reach-somebody.ts';
import { archivedLogsAreImmutable } from './archived-logs-are-immutable.ts';
import { bastionsCarryNothingOut } from './bastions-carry-nothing-out.ts';
import { bastionsRecordSessions } from './bastions-record-sessions.ts';
import { budgetsTellSomebody } from './budgets-tell-somebody.ts';
import { clustersShareNoGroupWithNetworks } from './clusters-share-no-group-with-networks.ts';
import { complianceInitiativeIsAssigned } from './compliance-initiative-is-assigned.ts';
import { customRolesGrantNoWildcardOverEverything } from './custom-roles-grant-no-wildcard-over-everything.ts';
import { defenderPlansAreOn } from './defender-plans-are-on.ts';
import { everyNetworkHasAFlowLog } from './every-network-has-a-flow-log.ts';
import { firewallsDenyKnownAttacks } from './firewalls-deny-known-attacks.ts';
import { firewallsDoNotOpenTls } from './firewalls-do-not-open-tls.ts';
import { galleriesForgetNothingAtOnce } from './galleries-forget-nothing-at-once.ts';
import { imageToolsHaveDigests } from './image-tools-have-digests.ts';
import { logStorageIsClosed } from './log-storage-is-closed.ts';
import { mendingPoliciesHaveRights } from './mending-policies-have-rights.ts';
import { monitoringIsPrivateOnly } from './monitoring-is-private-only.ts';
import { networkWatchersStandWhereAzurePutsThem } from './network-watchers-stand-where-azure-puts-them.ts';
import { noMachineHasAPublicAddress } from './no-machine-has-a-public-address.ts';
import { policiesDenyWhatTheyCan } from './policies-deny-what-they-can.ts';
import { privateClustersAreFoundByName } from './private-clusters-are-found-by-name.ts';
import { privateEndpointsAreFoundByName } from './private-endpoints-are-found-by-name.ts';
import { publicAddressesSpanZones } from './public-addresses-span-zones.ts';
import { routedNetworksNameTheirDns } from './routed-networks-name-their-dns.ts';
import { scaleSetsAreHard } from './scale-sets-are-hard.ts';
import { securityContactsAreNamed } from './security-contacts-are-named.ts';
import { sentinelHasQuestions } from './sentinel-has-questions.ts';
import { sentinelIsOn } from './sentinel-is-on.ts';
import { tablesAreKeptTwelveMonths } from './tables-are-kept-twelve-months.ts';
import { whatIsPrivateHasAnEndpoint } from './what-is-private-has-an-endpoint.ts';
import { whatLogsHasADiagnosticSetting } from './what-logs-has-a-diagnostic-setting.ts';
import { workspacesKeepLogsTwelveMonths } from './workspaces-keep-logs-twelve-months.ts';
import { workspacesTakeNoKeys } from './workspaces-take-no-keys.ts';

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
  bastionsCarryNothingOut,
  bastionsRecordSessions,
  budgetsTellSomebody,
  clustersShareNoGroupWithNetworks,
  firewallsDenyKnownAttacks,
  firewallsDoNotOpenTls,
  galleriesForgetNothingAtOnce,
  networkWatchersStandWhereAzurePutsThem,
  publicAddressesSpanZones,
  sentinelHasQuestions,
  workspacesKeepLogsTwelveMonths,
  workspacesTakeNoKeys,
  privateClustersAreFoundByName,
  privateEndpointsAreFoundByName,
  routedNetworksNameTheirDns,
  whatIsPrivateHasAnEndpoint,
  whatLogsHasADiagnosticSetting,
];
