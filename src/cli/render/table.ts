import { stripVTControlCharacters } from 'node:util';
import type { Style } from './style.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Columns padded to their widest cell, two blanks between, a header line; the last column is not padded. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = columns.map((column, i) => Math.max(column.title.length, ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[], format?: Parameters<Style>[0]): string =>
    cells
      .map((cell, i) => {
        const pad = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        const text = format === undefined ? cell : style(format, cell);
        if (columns[i]?.align === 'right') return pad + text;
        return i === cells.length - 1 ? text : text + pad;
      })
      .join('  ');
  return [
    line(
      columns.map((column) => column.title),
      'bold',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n');
}

const width = (text: string): number => stripVTControlCharacters(text).length;

/** Tab-separated values without a header, as Azure CLI prints them. Tabs and line ends inside cells become blanks. */
export function renderTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}
