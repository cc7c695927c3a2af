import type { Supplement } from './packages.ts';

/*
 * Written by hand, because the newest packages that install on Node 20 fall short in three ways: API versions after theirs have
 * more members; flattening drops "required" from members of a `properties` object; and the generator of the mappers leaves
 * "read-only" off references to objects. Facts only: names, flags and value lists of Microsoft's REST reference.
 */

const string = 'string';
const readOnly = ['any', 'o'] as const;

export const networkSupplement: Supplement = {
  sources: [
    'learn.microsoft.com/rest/api/virtualnetwork, network-gateway, firewall, api-version 2025-09-01: members added since 2025-05-01',
    'learn.microsoft.com/azure/templates/microsoft.network, api-version 2025-09-01: required and read-only members',
  ],
  objects: {
    'SecurityRule/properties': {
      protocol: ['=SecurityRuleProtocol', 'r'],
      access: ['=SecurityRuleAccess', 'r'],
      direction: ['=SecurityRuleDirection', 'r'],
      priority: ['number', 'r'],
    },
    'Route/properties': { nextHopType: ['=RouteNextHopType', 'r'], nextHop: '#RouteNextHopEcmp' },
    RouteNextHopEcmp: { nextHopIpAddresses: ['[string', 'r'] },
    'RouteTable/properties': { disablePeeringRoute: '=DisablePeeringRoute' },
    'BastionHostIPConfiguration/properties': {
      subnet: ['#SubResource', 'r'],
      publicIPAddress: '#SubResource',
    },
    'PublicIPAddress/properties': { upgradedToV2: ['boolean', 'o'], ipConfiguration: readOnly },
    PrivateDnsZoneGroup: { type: [string, 'o'] },
    'PrivateEndpoint/properties': { billingSku: '=PrivateEndpointBillingSku' },
    DdosSettings: { ddosCustomPolicy: '#SubResource' },
    IpTag: { firstPartyServiceTagId: string },
    'NatGateway/properties': { nat64: '=Nat64State' },
    'VirtualNetwork/properties': {
      summarizedGatewayPrefixes: '#AddressSpace',
      defaultPublicNatGateway: readOnly,
    },
    'VirtualNetworkPeering/properties': { remoteVirtualNetworkEncryption: readOnly },
    NetworkRule: { sourceKubeSelectorGroups: '[string' },
    ApplicationRule: { sourceKubeSelectorGroups: '[string' },
    'AzureFirewall/properties': { afcConfiguration: readOnly, hubIPAddresses: '#HubIPAddresses' },
    'FirewallPolicy/properties': { kubeSelectorGroups: readOnly, afcManaged: ['boolean', 'o'] },
    'NetworkInterface/properties': {
      virtualMachine: readOnly,
      privateEndpoint: readOnly,
      dscpConfiguration: readOnly,
    },
    'NetworkInterfaceIPConfiguration/properties': { privateLinkConnectionProperties: readOnly },
    'BackendAddressPool/properties': { outboundRule: readOnly },
    'LoadBalancerBackendAddress/properties': { networkInterfaceIPConfiguration: readOnly },
    'InboundNatRule/properties': { backendIPConfiguration: readOnly },
    'FrontendIPConfiguration/properties': {
      ddosSettings: '#DdosFrontendIpConfigurationSettings',
      enableConnectionTracking: 'boolean',
    },
    DdosFrontendIpConfigurationSettings: { ddosCustomPolicy: '#SubResource' },
  },
  enums: {
    RouteNextHopType: {
      values: ['VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'None', 'VirtualApplianceEcmp'],
      open: true,
    },
    DisablePeeringRoute: { values: ['None', 'All'], open: true },
    PrivateEndpointBillingSku: { values: ['PayAsYouGo', 'Fixed'], open: true },
    Nat64State: { values: ['None', 'Enabled', 'Disabled'], open: true },
  },
};

export const privateDnsSupplement: Supplement = {
  sources: ['learn.microsoft.com/rest/api/dns/privatedns, api-version 2024-06-01: members added since 2020-06-01'],
  objects: {
    PrivateZone: { systemData: readOnly },
    VirtualNetworkLink: { systemData: readOnly },
    RecordSet: { systemData: readOnly },
    'VirtualNetworkLink/properties': { resolutionPolicy: '=ResolutionPolicy' },
  },
  enums: { ResolutionPolicy: { values: ['Default', 'NxDomainRedirect'], open: true } },
};

export const workspaceSupplement: Supplement = {
  sources: [
    'learn.microsoft.com/rest/api/loganalytics/workspaces, api-version 2026-03-01: members added since 2022-10-01',
  ],
  objects: {
    Workspace: { systemData: readOnly },
    'Workspace/properties': {
      replication: '#WorkspaceReplicationProperties',
      failover: '#WorkspaceFailoverProperties',
    },
    WorkspaceReplicationProperties: {
      location: string,
      enabled: 'boolean',
      provisioningState: [string, 'o'],
      createdDate: ['date', 'o'],
      lastModifiedDate: ['date', 'o'],
    },
    WorkspaceFailoverProperties: { state: [string, 'o'], lastModifiedDate: ['date', 'o'] },
    WorkspaceFeatures: {
      unifiedSentinelBillingOnly: ['boolean', 'o'],
      associations: ['any', 'o'],
      dataAuthorizationMode: 'boolean',
    },
    WorkspaceSku: { capacityReservationLevel: 'number' },
  },
  enums: {
    PublicNetworkAccessType: { values: ['Enabled', 'Disabled', 'SecuredByPerimeter'], open: true },
    IdentityType: { values: ['SystemAssigned', 'UserAssigned', 'None'], open: false },
  },
};

export const diagnosticSettingsSupplement: Supplement = {
  sources: ['learn.microsoft.com/rest/api/monitor/diagnostic-settings, api-version 2021-05-01-preview'],
  objects: {
    LogSettings: { categoryGroup: string },
    DiagnosticSettingsResource: { systemData: readOnly },
    'DiagnosticSettingsResource/properties': { marketplacePartnerId: string },
  },
  enums: {},
};

export const identitySupplement: Supplement = {
  sources: ['learn.microsoft.com/rest/api/managedidentity, api-version 2024-11-30: read-only members'],
  objects: { Identity: { systemData: readOnly } },
  enums: {},
};
