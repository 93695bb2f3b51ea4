import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account.js';
import { recordingStatusOf, viewModeOf } from '../entries/live.js';
import type { Entry } from '../store.js';
import { type Fields, int, isFields, items, members, part, text } from '../values.js';
import { type Message, writeMessage } from './message.js';

const ACTIVE = 2;
const ENTRY = 1;
const DATA_CHANGED = 3;
const TIMEOUT_MS = 5000;
const KEPT = 100;
/** Jobs that wait for an answer or for their next try; what exceeds them is dropped. */
const MOST_WAITING = 1000;
/** Only these answers count as delivered. */
const DELIVERED = [200, 204];

/** What came of one try: the status of the answer, or why there was none. */
type Outcome = { status: number } | { problem: string };

/** What a notification is about. */
interface Subject {
  job: number;
  template: string;
  entryId: string;
}

type Delivery = Subject & { attempt: number } & Outcome;

/** What of an entry is compared between two calls. */
interface Glimpse {
  status: string;
  name: string;
  /** Properties that the server keeps as custom data, as far as a change of them was seen to be told. */
  custom: string;
}

function glimpse(entry: Entry): Glimpse {
  const custom = entry.broadcast ? `${viewModeOf(entry)} ${recordingStatusOf(entry)}` : '';
  return { status: text(entry.fields, 'status') ?? '', name: text(entry.fields, 'name') ?? '', custom };
}

/** The columns of an entry that differ; all of them for a new one. */
function changedColumns(before: Glimpse | undefined, after: Glimpse): Set<string> {
  const columns = new Set<string>();
  if (before?.status !== after.status) columns.add('entry.STATUS');
  if (before?.name !== after.name) columns.add('entry.NAME');
  if (before !== undefined && before.custom !== after.custom) columns.add('entry.CUSTOM_DATA');
  return columns;
}

/** Says which columns a template waits for, by the conditions that it was copied with. */
function awaitedColumns(template: Fields): string[] {
  const conditions = items(template, 'eventConditions').filter(isFields);
  return conditions.flatMap((condition) => {
    if (condition.objectType === 'KalturaEventFieldCondition') return ['entry.STATUS'];
    const given = items(template, 'userParameters').filter(isFields);
    const modified = given.find((one) => one.key === 'modified_columns');
    return members(text(part(modified ?? {}, 'value') ?? {}, 'value'));
  });
}

/** Tells the addresses in active HTTP templates when an entry has changed, as the server's batch does. */
export class Notifications {
  private readonly account: Account;
  /** Milliseconds before each further try; the server itself tries for about a day. */
  private readonly pauses: readonly number[];
  private stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly deliveries: Delivery[] = [];
  private seen: Map<string, Glimpse> | undefined;

  constructor(account: Account, pauses: readonly number[]) {
    this.account = account;
    this.pauses = pauses;
  }

  /** Compares the entries with how they were; to be called after whatever may have changed one. */
  notice(): void {
    const templates = this.activeTemplates();
    if (templates.length === 0) {
      this.seen = undefined;
      return;
    }
    const before = this.seen;
    const after = new Map<string, Glimpse>();
    for (const entry of this.account.store.entries.values()) after.set(entry.id, glimpse(entry));
    this.seen = after;
    if (!before) return;
    for (const [id, now] of after) {
      const columns = changedColumns(before.get(id), now);
      const entry = this.account.store.entries.get(id);
      if (!entry || columns.size === 0) continue;
      for (const template of templates)
        if (awaitedColumns(template).some((column) => columns.has(column))) this.send(template, entry);
    }
  }

  /** Gives the last hundred tries, oldest first. */
  read(): { deliveries: Delivery[]; waiting: number } {
    return { deliveries: [...this.deliveries], waiting: this.running.size };
  }

  /** Gives up what is under way; resolves when nothing is. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
    this.stopping = new AbortController();
  }

  private activeTemplates(): Fields[] {
    return [...this.account.store.table('notificationTemplates').values()].filter(
      (template) =>
        template.partnerId === this.account.partnerId &&
        template.status === ACTIVE &&
        template.type === 'httpNotification.Http' &&
        int(template, 'eventType') === DATA_CHANGED &&
        int(template, 'eventObjectType') === ENTRY,
    );
  }

  private send(template: Fields, entry: Entry): void {
    if (this.running.size >= MOST_WAITING || this.stopping.signal.aborted) return;
    const message = writeMessage(this.account, template, entry, this.account.store.next('batchJob'));
    const subject = { job: message.job, template: text(template, 'systemName') ?? '', entryId: entry.id };
    const job = this.deliver(message, subject).finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private async deliver(message: Message, subject: Subject): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const outcome = await this.post(message, signal);
      this.deliveries.push({ ...subject, attempt, ...outcome });
      if (this.deliveries.length > KEPT) this.deliveries.shift();
      const pause = this.pauses[attempt - 1];
      if (('status' in outcome && DELIVERED.includes(outcome.status)) || pause === undefined) return;
      await wait(pause, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  private async post({ url, method, headers, body }: Message, stopped: AbortSignal): Promise<Outcome> {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const content = method === 'GET' ? {} : { body };
      const answer = await fetch(url, { method, headers, redirect: 'manual', signal, ...content });
      await answer.body?.cancel();
      return { status: answer.status };
    } catch (error) {
      return { problem: String(error) };
    }
  }
}
