import { armAudience } from './tokens.ts';

/** Versions in which the answer is one object; in 2019-05-01 it is an array of clouds. */
const arrayVersion = '2019-05-01';

/**
 * `GET /metadata/endpoints`: what `az cloud register`, azurerm and the SDKs learn a cloud from. Services that local Azure does
 * not have are named as in Azure's public cloud, because clients refuse a cloud without them; only the endpoints of this
 * server answer here.
 */
export function cloudMetadata(origin: string, apiVersion: string): unknown {
  const cloud = {
    name: 'aks-regulated-local',
    portal: `${origin}/portal`,
    authentication: {
      loginEndpoint: origin,
      audiences: [armAudience, 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: `${origin}/`,
    graph: 'https://graph.windows.net/',
    graphAudience: 'https://graph.windows.net/',
    graphEndpoint: 'https://graph.windows.net/',
    microsoftGraphResourceId: 'https://graph.microsoft.com/',
    media: 'https://rest.media.azure.net',
    batch: 'https://batch.core.windows.net/',
    gallery: `${origin}/gallery`,
    galleryEndpoint: `${origin}/gallery`,
    sqlManagement: 'https://management.core.windows.net:8443/',
    vmImageAliasDoc:
      'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
    activeDirectoryDataLake: 'https://datalake.azure.net/',
    logAnalyticsResourceId: 'https://api.loganalytics.io',
    ossrDbmsResourceId: 'https://ossrdbms-aad.database.windows.net',
    attestationResourceId: 'https://attest.azure.net',
    synapseAnalyticsResourceId: 'https://dev.azuresynapse.net',
    appInsightsResourceId: 'https://api.applicationinsights.io',
    appInsightsTelemetryChannelResourceId: 'https://dc.applicationinsights.azure.com/v2/track',
    suffixes: {
      acrLoginServer: 'azurecr.io',
      azureDataLakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
      azureDataLakeStoreFileSystem: 'azuredatalakestore.net',
      azureFrontDoorEndpointSuffix: 'azurefd.net',
      keyVaultDns: 'vault.azure.net',
      mariadbServerEndpoint: 'mariadb.database.azure.com',
      mhsmDns: 'managedhsm.azure.net',
      mysqlServerEndpoint: 'mysql.database.azure.com',
      postgresqlServerEndpoint: 'postgres.database.azure.com',
      sqlServerHostname: 'database.windows.net',
      storage: 'core.windows.net',
      storageSyncEndpointSuffix: 'afs.azure.net',
      synapseAnalytics: 'dev.azuresynapse.net',
      attestationEndpoint: 'attest.azure.net',
    },
  };
  return apiVersion === arrayVersion ? [cloud] : cloud;
}

/** What `environment()` of a template returns: Azure's public cloud, so that a template gives the same resources here and there. */
export function templateEnvironment(): { readonly [key: string]: unknown } {
  return {
    ...(cloudMetadata('https://management.azure.com', '2022-09-01') as Record<string, unknown>),
    name: 'AzureCloud',
    resourceManager: 'https://management.azure.com/',
    portal: 'https://portal.azure.com',
    gallery: 'https://gallery.azure.com/',
    authentication: {
      loginEndpoint: 'https://login.microsoftonline.com/',
      audiences: [armAudience, 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
  };
}
