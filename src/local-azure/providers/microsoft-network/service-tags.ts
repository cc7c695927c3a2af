/**
 * The service tags that security rules take (learn.microsoft.com, virtual network service tags; names only). Most take a region,
 * `Storage.EastUS2`; some a part, `AzureFrontDoor.Backend`.
 */
const names = `
ActionGroup ApiManagement ApplicationInsightsAvailability AppConfiguration AppService AppServiceManagement
AutonomousDevelopmentPlatform AzureActiveDirectory AzureActiveDirectoryDomainServices AzureAdvancedThreatProtection
AzureApiForFHIR AzureArcInfrastructure AzureAttestation AzureBackup AzureBotService AzureCloud AzureCognitiveSearch
AzureConnectors AzureContainerAppsService AzureContainerRegistry AzureCosmosDB AzureDatabricks AzureDataExplorerManagement
AzureDeviceUpdate AzureDevOps AzureDigitalTwins AzureEventGrid AzureFrontDoor AzureHealthcareAPIs
AzureInformationProtection AzureIoTHub AzureKeyVault AzureLoadBalancer AzureLoadTestingInstanceManagement
AzureMachineLearning AzureMachineLearningInference AzureManagedGrafana AzureMonitor AzureMonitorForSAP AzureOpenDatasets
AzurePlatformDNS AzurePlatformIMDS AzurePlatformLKM AzureResourceManager AzureSecurityCenter AzureSentinel AzureSignalR
AzureSiteRecovery AzureSphere AzureSpringCloud AzureStack AzureTrafficManager AzureUpdateDelivery AzureVideoIndexer
AzureVirtualDesktop AzureVMwareSolution AzureWebPubSub BatchNodeManagement ChaosStudio CognitiveServicesFrontend
CognitiveServicesManagement DataFactory DataFactoryManagement Dynamics365BusinessCentral Dynamics365ForMarketingEmail
EOPExternalPublishedIPs EventHub GatewayManager GenevaActions GuestAndHybridManagement HDInsight Internet KustoAnalytics
LogicApps LogicAppsManagement M365ManagementActivityApi M365ManagementActivityApiWebhook MicrosoftAzureFluidRelay
MicrosoftCloudAppSecurity MicrosoftContainerRegistry MicrosoftDefenderForEndpoint MicrosoftPurviewPolicyDistribution
OneDsAnalytics OneDsCollector PowerBI PowerPlatformInfra PowerPlatformPlex PowerQueryOnline Scuba SerialConsole ServiceBus
ServiceFabric Sql SqlManagement Storage StorageMover StorageSyncService TrustedHardwareIdentityManagement VideoIndexer
VirtualNetwork WindowsAdminCenter WindowsVirtualDesktop`;

const known: ReadonlySet<string> = new Set(names.trim().toLowerCase().split(/\s+/));

/** Whether a text is a service tag, with or without a region or part behind a dot. */
export function isServiceTag(text: string): boolean {
  const [name = ''] = text.split('.');
  return known.has(name.toLowerCase());
}
