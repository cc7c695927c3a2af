/** Values that a log line may carry. Never headers, query strings, bodies or settings: they may hold what nobody may read. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type Level = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: Level, event: string, fields?: LogFields) => void;

/** One JSON object a line: `time`, `level`, `service`, `event`, then the fields. */
export function makeLog(service: string, write: (line: string) => void, now: () => Date = () => new Date()): Log {
  return (level, event, fields = {}) => {
    const own = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, clean(value)]));
    write(`${JSON.stringify({ ...own, time: now().toISOString(), level, service, event })}\n`);
  };
}

const longest = 500;

/** Cut short, and any `user:password@` in an address taken out. */
function clean(value: string | number | boolean | undefined): string | number | boolean | undefined {
  if (typeof value !== 'string') return value;
  const bare = value.replaceAll(/\/\/[^/@\s]*@/g, '//***@');
  return bare.length > longest ? `${bare.slice(0, longest)}…` : bare;
}
