import type { CostLine } from '../../../model/cost-line.ts';

const hourly = (resource: string, meter: string, quantity: number): CostLine => ({
  resource,
  meter,
  quantity,
  unit: 'hour',
});
const monthly = (resource: string, meter: string, quantity: number): CostLine => ({
  resource,
  meter,
  quantity,
  unit: 'month',
});

/** What the original runs at idle at its release of 2021-12-14: counted from its templates. */
export const originalLines: readonly CostLine[] = [
  hourly('hub', 'firewall/standard/deployment', 1),
  hourly('hub', 'bastion/basic', 1),
  hourly('hub and spoke', 'public-address/standard', 5),
  hourly('cluster', 'cluster/standard', 1),
  hourly('npsystem', 'machine/Standard_DS2_v2', 3),
  hourly('npinscope01 and npooscope01', 'machine/Standard_DS3_v2', 4),
  hourly('vmss-jumpboxes', 'machine/Standard_DS1_v2', 2),
  hourly('gateway', 'gateway/waf-v2/fixed', 1),
  monthly('registry and its replica', 'registry/premium', 2),
  hourly('registry', 'registry/agent-pool/s1', 1),
  hourly('registry and vault', 'private-endpoint', 2),
  monthly('spoke', 'private-dns-zone', 3),
];

/** What its README says that it costs: about, a day, idle, in the first thirty days. */
export const originalStated = {
  perDay: 95,
  source: 'README of mspnp/aks-baseline-regulated, at v1.21.2.3 as at its last commit',
} as const;
