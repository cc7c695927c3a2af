import path from 'node:path';
import { writeTextAtomically } from '../src/kernel/files.ts';
import { defaultBlueprints } from './original/blueprints.ts';
import { originalPage } from './original/page.ts';

/** Writes docs/original.md: the original, and what stands for it in the blueprint. */
writeTextAtomically(path.resolve(import.meta.dirname, '../docs/original.md'), originalPage(defaultBlueprints()));
