import type { Host } from '../../kernel/host.ts';
import type { Message } from '../../kernel/messages.ts';
import type { Context } from '../context.ts';
import { type Style, styleFor } from './style.ts';

/** What a progress message's payload holds, where it is one: then a terminal shows a bar that is redrawn in place. */
interface ProgressPayload {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedSeconds: number;
  readonly expectedSeconds?: number;
}

/** A host that tells people on stderr what happens: a bar redrawn in place on a terminal, a line a step in a pipe. */
export function hostFor(context: Context): Host {
  const { stderr } = context.process;
  const style = styleFor(context.process, stderr);
  const live = stderr.isTTY === true;
  let barShown = false;
  return {
    clock: context.clock,
    signal: context.signal,
    emit(message) {
      const progress = progressOf(message);
      if (progress !== undefined && live) {
        stderr.write(`\r\u001b[2K${bar(progress, style, stderr.columns ?? 80)}`);
        barShown = true;
        return;
      }
      if (message.level === 'debug' || progress !== undefined) return;
      stderr.write(`${barShown ? '\r\u001b[2K' : ''}${line(message, style)}\n`);
      barShown = false;
    },
  };
}

function progressOf(message: Message): ProgressPayload | undefined {
  const payload = message.payload as Partial<ProgressPayload> | undefined;
  return typeof payload?.done === 'number' && typeof payload.total === 'number' && typeof payload.stage === 'string'
    ? (payload as ProgressPayload)
    : undefined;
}

function line(message: Message, style: Style): string {
  if (message.level === 'error') return `${style(['bold', 'red'], 'error')} ${message.text}`;
  if (message.level === 'warning') return `${style(['bold', 'yellow'], 'warning')} ${message.text}`;
  return message.text;
}

/** `hub  ████████░░░░  12/30  3 s of about 20 s` within `columns`. */
function bar(progress: ProgressPayload, style: Style, columns: number): string {
  const share = progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  const width = Math.max(8, Math.min(30, columns - 50));
  const full = Math.round(share * width);
  const expected = progress.expectedSeconds === undefined ? '' : ` of about ${Math.round(progress.expectedSeconds)} s`;
  return [
    progress.stage.padEnd(18),
    style('cyan', '█'.repeat(full)) + style('dim', '░'.repeat(width - full)),
    `${progress.done}/${progress.total}`,
    `${Math.round(progress.elapsedSeconds)} s${expected}`,
  ].join('  ');
}
