import { styleText } from 'node:util';
import type { OutputStream, ProcessLike } from '../context.ts';

type Format = Parameters<typeof styleText>[0];

/** Paints text, or leaves it as it is. */
export type Style = (format: Format, text: string) => string;

export const plain: Style = (_format, text) => text;

/** Colour on a terminal; `NO_COLOR` turns it off, `CLICOLOR_FORCE` on (design: cli.md, "Manners"). */
export function styleFor(process: ProcessLike, stream: OutputStream): Style {
  const { NO_COLOR, CLICOLOR_FORCE } = process.env;
  const on = CLICOLOR_FORCE !== undefined && CLICOLOR_FORCE !== '0' ? true : NO_COLOR ? false : stream.isTTY === true;
  return on ? (format, text) => styleText(format, text, { validateStream: false }) : plain;
}
