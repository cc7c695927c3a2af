import type { Style } from './style.ts';
import { renderTable } from './table.ts';

export interface StageLine {
  readonly name: string;
  readonly role?: string | undefined;
  readonly status: string;
  readonly seconds: number;
  readonly resources: number;
}

export function stageRows(stages: readonly StageLine[]): readonly (readonly string[])[] {
  return stages.map((stage) => [
    stage.name,
    stage.role ?? '',
    stage.status,
    String(stage.resources),
    stage.seconds.toFixed(1),
  ]);
}

/** The stages as a table, in the order of the deployment. */
export function renderStages(stages: readonly StageLine[], style: Style): string {
  const colour = (status: string) =>
    status === 'succeeded' ? style('green', status) : status === 'failed' ? style('red', status) : style('dim', status);
  return renderTable(
    [
      { title: 'Stage' },
      { title: 'Role' },
      { title: 'Status' },
      { title: 'Resources', align: 'right' },
      { title: 'Seconds', align: 'right' },
    ],
    stageRows(stages).map(([name = '', role = '', status = '', ...rest]) => [name, role, colour(status), ...rest]),
    style,
  );
}
