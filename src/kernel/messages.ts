import type { Place } from './place.ts';

export type MessageLevel = 'debug' | 'info' | 'warning' | 'error';

/** The declared kind of a message: its code, level, and how its payload reads. */
export interface MessageKind<Payload> {
  readonly code: string;
  readonly level: MessageLevel;
  /** When a user sees it, for the generated documentation. */
  readonly when: string;
  readonly text: (payload: Payload) => string;
}

/** A message as a host receives it. */
export interface Message {
  readonly code: string;
  readonly level: MessageLevel;
  readonly text: string;
  readonly payload: unknown;
  readonly place?: Place;
}

const registry = new Map<string, MessageKind<never>>();

/** Declares a kind of message. Codes are unique in the process. */
export function defineMessage<Payload>(kind: MessageKind<Payload>): MessageKind<Payload> {
  if (registry.has(kind.code)) throw new Error(`message code ${kind.code} is defined twice`);
  registry.set(kind.code, kind as MessageKind<never>);
  return kind;
}

/** Every declared kind, by code: the source of the documentation page. */
export function messageKinds(): readonly MessageKind<never>[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function message<Payload>(kind: MessageKind<Payload>, payload: Payload, place?: Place): Message {
  const text = kind.text(payload);
  return { code: kind.code, level: kind.level, text, payload, ...(place === undefined ? {} : { place }) };
}
