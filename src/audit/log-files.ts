import * as path from 'node:path';
import { exists } from '../kernel/files.ts';

/** What somebody needs to check a log elsewhere: the log, its head, the public key. Never the signing key. */
export function logFiles(file: string): readonly string[] {
  const all = [file, `${file}.head`, path.join(path.dirname(file), 'audit.pub.pem')];
  return all.filter((one) => exists(one));
}
