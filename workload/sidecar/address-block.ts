import { BlockList, isIP } from 'node:net';
import { ManifestError } from './objects.ts';

/** A CIDR: is this address in it? Addresses of the other family never are. */
export type AddressBlock = (address: string) => boolean;

/** @throws ManifestError for anything that is not a CIDR */
export function addressBlock(cidr: string, place: string, path: string): AddressBlock {
  const [network = '', length = '', ...rest] = cidr.split('/');
  const family = isIP(network);
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(bits <= (family === 4 ? 32 : 128))) {
    throw new ManifestError(place, `${path} is not a CIDR: ${JSON.stringify(cidr)}.`);
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return (address) => isIP(address) === family && list.check(address, type);
}
