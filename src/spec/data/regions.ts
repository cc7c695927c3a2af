/**
 * The regions of the public Azure cloud, by programmatic name. `zones` says whether the region has three availability zones.
 * Source: Microsoft, "List of Azure regions" (MicrosoftDocs/azure-docs, articles/reliability/regions-list.md, 2025-03-21), and for
 * the regions opened since then the `locations` answers of Azure Resource Manager that Azure/terraform-azurerm-avm-utl-regions keeps.
 */
export interface Region {
  readonly name: string;
  readonly displayName: string;
  readonly zones: boolean;
}

const withZones: readonly string[] = [
  'Australia East',
  'Austria East',
  'Belgium Central',
  'Brazil South',
  'Canada Central',
  'Central India',
  'Central US',
  'Chile Central',
  'East Asia',
  'East US',
  'East US 2',
  'France Central',
  'Germany West Central',
  'Indonesia Central',
  'Israel Central',
  'Italy North',
  'Japan East',
  'Japan West',
  'Korea Central',
  'Malaysia West',
  'Mexico Central',
  'New Zealand North',
  'North Europe',
  'Norway East',
  'Poland Central',
  'Qatar Central',
  'South Africa North',
  'South Central US',
  'Southeast Asia',
  'Spain Central',
  'Sweden Central',
  'Switzerland North',
  'UAE North',
  'UK South',
  'West Europe',
  'West US 2',
  'West US 3',
];

const withoutZones: readonly string[] = [
  'Australia Central',
  'Australia Central 2',
  'Australia Southeast',
  'Brazil Southeast',
  'Canada East',
  'France South',
  'Germany North',
  'Korea South',
  'North Central US',
  'Norway West',
  'South Africa West',
  'South India',
  'Switzerland West',
  'UAE Central',
  'UK West',
  'West Central US',
  'West India',
  'West US',
];

const region = (displayName: string, zones: boolean): Region => ({
  name: displayName.toLowerCase().replaceAll(' ', ''),
  displayName,
  zones,
});

export const regions: readonly Region[] = [
  ...withZones.map((name) => region(name, true)),
  ...withoutZones.map((name) => region(name, false)),
].sort((a, b) => (a.name < b.name ? -1 : 1));
