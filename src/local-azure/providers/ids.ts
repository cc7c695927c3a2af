/** The last segment: the resource's own name. */
export function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The id two segments up: `…/virtualNetworks/v` of `…/virtualNetworks/v/subnets/s`. */
export function parentOf(id: string): string {
  return id.split('/').slice(0, -2).join('/');
}

/** `/subscriptions/S/resourceGroups/G` of anything in a group; the id itself where it is in none. */
export function groupOf(id: string): string {
  const segments = id.split('/');
  return segments[3]?.toLowerCase() === 'resourcegroups' ? segments.slice(0, 5).join('/') : id;
}

/** ARM matches ids without regard to case. */
export function sameId(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}
