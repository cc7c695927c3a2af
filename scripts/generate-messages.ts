import path from 'node:path';
import { writeTextAtomically } from '../src/kernel/files.ts';
import { messagesPage } from './messages-page.ts';

writeTextAtomically(path.resolve(import.meta.dirname, '../docs/messages.md'), messagesPage());
