import { type DeploymentProgress, deploymentProgress } from '../../deploy/messages.ts';
import type { Host } from '../../kernel/host.ts';
import type { Message } from '../../kernel/messages.ts';
import type { Context } from '../context.ts';
import { type Style, styleFor } from './style.ts';

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

function progressOf(message: Message): DeploymentProgress | undefined {
  return message.code === deploymentProgress.code ? (message.payload as DeploymentProgress) : undefined;
}

function line(message: Message, style: Style): string {
  if (message.level === 'error') return `${style(['bold', 'red'], 'error')} ${message.text}`;
  if (message.level === 'warning') return `${style(['bold', 'yellow'], 'warning')} ${message.text}`;
  return message.text;
}

/** `hub  ████████░░░░  12/30  3 s of about 20 s` within `columns`. */
function bar(progress: DeploymentProgress, style: Style, columns: number): string {
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
