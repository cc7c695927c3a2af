import type { TextRule } from '../complaint.ts';

interface DerivedName {
  readonly resource: string;
  /** Azure's longest name, in characters. Source: Microsoft, "Naming rules and restrictions for Azure resources". */
  readonly longest: number;
  /** Characters of the name that are not the organization's: prefix, separators, and what makes it unique in the world. */
  readonly taken: number;
}

/** The resources whose names must be unique in the world and short: they carry the organization's name and ten characters of a digest. */
const derivedNames: readonly DerivedName[] = [
  { resource: 'storage account', longest: 24, taken: 'st'.length + 10 },
  { resource: 'key vault', longest: 24, taken: 'kv-'.length + '-'.length + 8 },
  { resource: 'container registry', longest: 50, taken: 'acrquarantine'.length + 10 },
];

/** The longest organization name from which every name can be made. */
export const organizationNameLimit = Math.min(...derivedNames.map((one) => one.longest - one.taken));

/** An AKS DNS prefix has 54 characters, a node resource group 80; both are made of organization, workload, cluster and region. */
export const clusterNameLimit = 8;

export const organizationNamePattern = `^[a-z](?:-?[a-z0-9]){1,${organizationNameLimit - 1}}$`;
export const clusterNamePattern = `^[a-z0-9]{1,${clusterNameLimit}}$`;

/** Part of the names of vaults and storage accounts, which allow the fewest characters of all. */
export const organizationName: TextRule = (text) => {
  if (text.length > organizationNameLimit) {
    return {
      code: 'SPEC_NAME_TOO_LONG',
      message: `${JSON.stringify(text)} has ${text.length} characters; the organization's name may have ${organizationNameLimit}.`,
      why: 'It becomes part of the names of storage accounts and key vaults, which Azure limits to 24 characters.',
      hint: 'Use an abbreviation.',
    };
  }
  return /^[a-z](-?[a-z0-9])+$/.test(text)
    ? undefined
    : {
        code: 'SPEC_NAME_INVALID',
        message: `${JSON.stringify(text)} cannot be part of resource names.`,
        why: 'Key vaults take letters, digits and single hyphens, and a letter at the start.',
        hint: 'Lower case letters, digits and single hyphens, at least two characters, starting with a letter: contoso.',
      };
};

/** Part of the names of networks, clusters and resource groups. */
export const clusterName: TextRule = (text) => {
  if (text.length > clusterNameLimit) {
    return {
      code: 'SPEC_NAME_TOO_LONG',
      message: `${JSON.stringify(text)} has ${text.length} characters; a cluster's name may have ${clusterNameLimit}.`,
      why: "It becomes part of the cluster's DNS prefix, which Azure limits to 54 characters.",
      hint: 'Use a number or an abbreviation: 01, blue, emea.',
    };
  }
  return /^[a-z0-9]+$/.test(text)
    ? undefined
    : {
        code: 'SPEC_NAME_INVALID',
        message: `${JSON.stringify(text)} cannot be part of resource names.`,
        hint: 'Lower case letters and digits: 01, blue.',
      };
};

/** The name of an allowance: the name of a firewall rule, and how reports speak of it. */
export const ruleName: TextRule = (text) =>
  /^[a-z](-?[a-z0-9]){1,49}$/.test(text)
    ? undefined
    : {
        code: 'SPEC_NAME_INVALID',
        message: `${JSON.stringify(text)} cannot be the name of a firewall rule.`,
        hint: 'Lower case letters, digits and single hyphens, 2 to 50 characters, starting with a letter: payment-provider.',
      };
export const ruleNamePattern = '^[a-z](?:-?[a-z0-9]){1,49}$';
