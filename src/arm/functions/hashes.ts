import { uuidV5 } from '../../kernel/hash.ts';
import { type CallSite, define, type FunctionDefinition, many } from './definition.ts';
import { scalarText } from './to-text.ts';

const guidNamespace = '11fb06fb-712d-4ddd-98c7-e71bbd588830';
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function joined(args: readonly unknown[], site: CallSite): string {
  const texts = args.map((_, i) => scalarText(args, i, site));
  site.environment.meter.make(texts.reduce((sum, text) => sum + text.length + 1, 0));
  return texts.join('-');
}

/** Thirteen letters from a 64-bit hash of the text, five bits each from the top. */
export function uniqueString(text: string): string {
  let rest = hash64(new TextEncoder().encode(text));
  let letters = '';
  for (let i = 0; i < 13; i++) {
    letters += alphabet[Number(rest >> 59n)];
    rest = BigInt.asUintN(64, rest << 5n);
  }
  return letters;
}

const multiplier1 = 597_399_067;
const multiplier2 = 2_869_860_233;
const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
const mix1 = (lane: number): number => Math.imul(rotate(Math.imul(lane, multiplier1), 15), multiplier2);
const mix2 = (lane: number): number => Math.imul(rotate(Math.imul(lane, multiplier2), 17), multiplier1);

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 2_246_822_507);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 3_266_489_909);
  return mixed ^ (mixed >>> 16);
}

/** The 64-bit Murmur variant with two 32-bit lanes and seed 0 that `uniqueString` uses. */
function hash64(bytes: Uint8Array): bigint {
  const word = (at: number, count: number): number => {
    let value = 0;
    for (let i = 0; i < Math.min(4, count); i++) value |= (bytes[at + i] as number) << (8 * i);
    return value;
  };
  let low = 0;
  let high = 0;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    low = (Math.imul((rotate(low ^ mix1(word(at, 4)), 19) + high) | 0, 5) + 1_444_728_091) | 0;
    high = (Math.imul((rotate(high ^ mix2(word(at + 4, 4)), 13) + low) | 0, 5) + 197_830_471) | 0;
  }
  const left = bytes.length - at;
  if (left > 0) low ^= mix1(word(at, left));
  if (left > 4) high ^= mix2(word(at + 4, left - 4));
  low ^= bytes.length;
  high ^= bytes.length;
  low = (low + high) | 0;
  high = (high + low) | 0;
  low = finish(low);
  high = finish(high);
  low = (low + high) | 0;
  high = (high + low) | 0;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

export const hashFunctions: readonly FunctionDefinition[] = [
  define('guid', 1, many, (args, site) => uuidV5(joined(args, site), guidNamespace)),
  define('uniqueString', 1, many, (args, site) => uniqueString(joined(args, site))),
];
