import { nearest } from '../../kernel/nearest.ts';
import type { TextRule } from '../complaint.ts';
import { regions } from '../data/regions.ts';

/** A region of the public Azure cloud with availability zones, by its programmatic name. */
export const region: TextRule = (text) => {
  const found = regions.find((one) => one.name === text);
  if (found === undefined) {
    const name = text.toLowerCase().replaceAll(/[\s_-]/g, '');
    const offered = regions.filter((one) => one.zones).map((one) => one.name);
    const meant = nearest(name, offered);
    return {
      code: 'SPEC_REGION_UNKNOWN',
      message: `There is no Azure region ${JSON.stringify(text)}.`,
      hint: meant === undefined ? '`az account list-locations -o table` lists them.' : `Did you mean ${meant}?`,
    };
  }
  if (!found.zones) {
    return {
      code: 'SPEC_REGION_WITHOUT_ZONES',
      message: `${found.displayName} has no availability zones.`,
      why: 'Firewall, gateway and node pools are spread over three zones, so that the loss of one does not stop payments or their logging.',
      hint: `Regions with zones: ${regions
        .filter((one) => one.zones)
        .map((one) => one.name)
        .join(', ')}.`,
    };
  }
  return undefined;
};
