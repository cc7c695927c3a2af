export const cloudNames = ['public', 'us-government', 'china'] as const;

export type CloudName = (typeof cloudNames)[number];

/** One of Microsoft's clouds: where its ARM and its login service are. */
export interface Cloud {
  readonly name: CloudName;
  /** What the Azure CLI calls it (`az cloud set -n`). */
  readonly azName: string;
  /** ARM; also the audience of its tokens, as in the Azure SDKs (`<endpoint>/.default`). */
  readonly endpoint: string;
  /** The login service, without a tenant. */
  readonly authority: string;
}

/**
 * Sources: `getArmEndpoint` of the Azure SDKs for JavaScript (Azure/azure-sdk-for-js, cloudSettingHelpers.ts) and
 * `AzureAuthorityHosts` of `@azure/identity` 4.13.1.
 */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    name: 'public',
    azName: 'AzureCloud',
    endpoint: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
  },
  'us-government': {
    name: 'us-government',
    azName: 'AzureUSGovernment',
    endpoint: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
  },
  china: {
    name: 'china',
    azName: 'AzureChinaCloud',
    endpoint: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
  },
};
