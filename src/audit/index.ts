/** The append-only log. */
export type { AuditAction, AuditEntry, AuditEvent, AuditWho } from './entry.ts';
export { type AuditLog, openAuditLog, verifyLogFile } from './log.ts';
export { logFiles } from './log-files.ts';
export { type LogCompanions, type LogVerification, verifyLog } from './verify-log.ts';
