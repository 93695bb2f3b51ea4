import type { EntryId, Instant, Zone } from '../core/webcast.js';

/** The tables as both databases hold them: text and whole numbers only, moments as milliseconds since 1970, UTC. */
export interface Tables {
  migrations: { number: number; name: string };
  deliveries: { key: string; claimed_at: Instant };
  once: { key: string; claimed_at: Instant };
  creations: { key: string; entry: EntryId | null; begun_at: Instant };
  notes: {
    webcast: EntryId;
    name: string;
    /** The name as it is searched: see fold. */
    folded: string;
    starts: Instant | null;
    ends: Instant | null;
    zone: Zone | null;
    live_since: Instant | null;
    ended_at: Instant | null;
    saved_at: Instant;
  };
  bindings: { platform: string; tenant: string; channel: string; webcast: EntryId; bound_at: Instant };
  cards: {
    platform: string;
    tenant: string;
    channel: string;
    webcast: EntryId;
    message: string;
    saved_at: Instant;
  };
  acts: {
    at: Instant;
    platform: string;
    tenant: string;
    channel: string;
    person: string;
    command: string;
    webcast: EntryId | null;
    outcome: string;
  };
  installations: { platform: string; tenant: string; sealed: string; saved_at: Instant };
  conversations: {
    platform: string;
    tenant: string;
    conversation: string;
    kind: string;
    service_url: string;
    bot: string;
    /** Of a direct chat: with whom. */
    person: string | null;
    zone: Zone | null;
    state: string;
    welcomed_at: Instant | null;
    seen_at: Instant;
  };
}
