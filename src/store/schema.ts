import type { Generated } from 'kysely';
import type { WhyLacking } from '../core/broadcast.js';
import type { Recipient } from '../core/live.js';
import type { Question, QuestionId } from '../core/questions.js';
import type { Mode, Side } from '../core/subscription.js';
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
    /** How often name, start or end was changed, and when last. */
    sequence: Generated<number>;
    changed_at: Generated<Instant>;
  };
  bindings: { platform: string; tenant: string; channel: string; webcast: EntryId; bound_at: Instant };
  cards: {
    platform: string;
    tenant: string;
    channel: string;
    webcast: EntryId;
    /** Empty until the first post. */
    message: string;
    saved_at: Instant;
    /** The revision that it should show, and the one that it shows. */
    wanted: Generated<number>;
    shown: Generated<number>;
    /** 1 while it goes before others. */
    urgent: Generated<number>;
    announced_at: Instant | null;
    /** The message that told of the broadcast, until it is closed; empty while a command has only promised it. */
    announcement: string | null;
    direct: Generated<number>;
    paused: string | null;
    attempts: Generated<number>;
    retry_at: Generated<Instant>;
    claimed_by: string | null;
    lease_until: Generated<Instant>;
  };
  subscriptions: {
    platform: string;
    tenant: string;
    channel: string;
    /** A webcast's id, "*" for all, or "#" and a tag. */
    subject: string;
    direct: number;
    mode: Mode;
    side: Side;
    /** Minutes with commas between. */
    reminders: string;
    /** As JSON. */
    mention: string | null;
    /** Minutes, "end" or "off". */
    numbers: Generated<string>;
    /** 1 where each question of a viewer is told. */
    questions: Generated<number>;
    /** As JSON. */
    quiet_hours: string | null;
    owner: string;
    paused: string | null;
    since: Instant;
  };
  watched: {
    webcast: EntryId;
    /** What the last look knew, as JSON. */
    known: string | null;
    due_at: Instant | null;
    /** How often a look was asked for, and how many of these the last look heeded. */
    nudges: Generated<number>;
    heeded: Generated<number>;
    /** Platform, tenant and person as JSON. */
    organizer: string | null;
    claimed_by: string | null;
    lease_until: Generated<Instant>;
  };
  notices: {
    key: string;
    webcast: EntryId;
    platform: string;
    tenant: string;
    kind: Recipient['kind'];
    /** The channel, or the person. */
    target: string;
    direct: number;
    body: string;
    /** Tenant, channel and message as JSON, of one that stands. */
    message: string | null;
    due_at: Instant;
    state: 'pending' | 'sending' | 'sent' | 'dropped';
    attempts: Generated<number>;
    reason: string | null;
    claimed_by: string | null;
    lease_until: Generated<Instant>;
  };
  broadcasts: {
    webcast: EntryId;
    number: number;
    began: Instant;
    /** Null while it runs. */
    ended: Instant | null;
    /** Pairs of moments as JSON. */
    gaps: string;
    drops: number;
    dark: number;
    peak: number | null;
    peak_at: Instant | null;
    /** Pairs of a moment and a number as JSON. */
    points: Generated<string>;
  };
  /** Moments that people marked; one webcast has one at a moment. */
  marks: {
    webcast: EntryId;
    at: Instant;
    /** The number of the broadcast. */
    broadcast: number;
    words: string;
    person: string;
    /** The recording whose chapter it became, and where in it, in milliseconds. */
    entry: EntryId | null;
    place: number | null;
    /** When it is next tried to make it a chapter; null when that is settled. */
    due_at: Instant | null;
    attempts: Generated<number>;
  };
  /** One row: when audiences are sampled next, and why there is nothing to sample. */
  sampling: { one: 1; due_at: Instant; lacking: WhyLacking | null };
  questions: {
    id: QuestionId;
    webcast: EntryId;
    asked: string;
    asker: string | null;
    asked_at: Instant;
    heard_at: Instant;
    state: Question['state'];
    /** As JSON. */
    answer: string | null;
    /** The minute in which so many came that one message tells of them all. */
    crowd: Instant | null;
  };
  /** How far the questions of a webcast were heard, and when to ask again. */
  listening: { webcast: EntryId; heard_until: Instant; due_at: Instant };
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
  tickets: {
    /** Of the link's token. */
    digest: string;
    errand: string;
    platform: string;
    tenant: string;
    person: string;
    expires_at: Instant;
    used_at: Instant | null;
  };
  presenters: {
    webcast: EntryId;
    user: string;
    /** Empty, all three, where nobody in chat is known to be this user. */
    platform: string;
    tenant: string;
    person: string;
    added_at: Instant;
  };
  /** Kaltura users of people, as admins said; the admin is of the same tenant. */
  accounts: { platform: string; tenant: string; person: string; user: string; admin: string; linked_at: Instant };
  installations: { platform: string; tenant: string; sealed: string; saved_at: Instant };
  file_offers: { platform: string; id: string; tenant: string; person: string; sealed: string; offered_at: Instant };
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
