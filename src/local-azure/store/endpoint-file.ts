import * as path from 'node:path';
import { exists, readText, removeFile, writeTextAtomically } from '../../kernel/files.ts';
import { isAlive, parseHolder, startOf } from './data-folder-lock.ts';

/** Where the server of a data folder listens. */
export interface Endpoint {
  /** `https://localhost:PORT`, ARM and login. */
  readonly endpoint: string;
  /** The listener for what runs inside the network. */
  readonly insideEndpoint: string;
  readonly caFile: string;
  readonly pid: number;
}

const fileOf = (folder: string): string => path.join(folder, 'endpoint.json');

/** The live server of a data folder; undefined when there is none, or its file was left behind by a process that ended. */
export function readEndpoint(folder: string): Endpoint | undefined {
  if (!exists(fileOf(folder))) return undefined;
  try {
    const text = readText(fileOf(folder));
    const holder = parseHolder(text);
    if (holder === undefined || !isAlive(holder)) return undefined;
    const { endpoint, insideEndpoint, caFile } = JSON.parse(text) as Record<string, unknown>;
    if (typeof endpoint !== 'string' || typeof insideEndpoint !== 'string' || typeof caFile !== 'string')
      return undefined;
    return { endpoint, insideEndpoint, caFile, pid: holder.pid };
  } catch {
    // Removed between the look and the read.
    return undefined;
  }
}

/** Announces this process as the server of the folder. */
export function writeEndpoint(folder: string, endpoint: Omit<Endpoint, 'pid'>): void {
  const entry = { ...endpoint, pid: process.pid, started: startOf(process.pid) };
  writeTextAtomically(fileOf(folder), `${JSON.stringify(entry, null, 2)}\n`, 0o600);
}

/** Takes the announcement back, if it is this process's. */
export function removeEndpoint(folder: string): void {
  if (readEndpoint(folder)?.pid === process.pid) removeFile(fileOf(folder));
}
