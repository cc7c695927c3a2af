/** A position in a file that a user can open. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The way to the value, e.g. `network.hubs[0].addressSpace`. */
  readonly path?: string;
}

/** `file:line:column`, the form that editors and terminals link. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}
