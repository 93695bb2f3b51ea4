import type { LiveStore, Moderated, Notice } from '../core/live.js';
import type { Clock, Kaltura, Log } from '../core/ports.js';
import type { KnownQuestion, Question } from '../core/questions.js';
import { mostSpecific, type Subscription } from '../core/subscription.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import { readKnown } from './known.js';
import { nameOf } from './tell.js';

const second = 1000;
const minute = 60 * second;
/** How often moderated webcasts are asked about, and how long after their end. */
const listeningRhythm = 15 * second;
const after = 15 * minute;
/** How long an account without questions is not asked again, and one that fails. */
const without = 10 * minute;
/** How many questions of a webcast are told one by one within a minute; the rest of a crowd is told by one message. */
const mostSingle = 10;
/** Webcasts in one question to Kaltura. */
const together = 100;

/** Hears what viewers ask while webcasts are live, for the channels of their moderators. */
export interface Listener {
  /** Asks Kaltura when it is this replica's turn; what fails is logged and asked again. */
  round(): Promise<void>;
}

export function createListener(parts: {
  readonly store: Pick<
    LiveStore,
    'moderated' | 'takeListening' | 'openQuestions' | 'toldSince' | 'unheard' | 'saveListening' | 'subscribers'
  >;
  readonly kaltura: Pick<Kaltura, 'questions'>;
  readonly clock: Clock;
  readonly log: Log;
}): Listener {
  const { store, kaltura, clock, log } = parts;
  let last: Instant | undefined;
  let pause = listeningRhythm;

  /** The moderators' channels of each webcast that has any. */
  async function moderators(now: Instant): Promise<ReadonlyMap<EntryId, Found>> {
    const found = new Map<EntryId, Found>();
    for (const one of await store.moderated(instant(now - after))) {
      const known = readKnown(one.known);
      if (!known) continue;
      const tags = [...known.webcast.tags, ...known.webcast.adminTags];
      const channels = mostSpecific(await store.subscribers(one.webcast, tags)).filter(({ questions }) => questions);
      if (channels.length > 0) found.set(one.webcast, { ...one, channels });
    }
    return found;
  }

  async function listen(
    found: ReadonlyMap<EntryId, Found>,
    heardUntil: ReadonlyMap<EntryId, Instant>,
  ): Promise<boolean> {
    const webcasts = [...heardUntil.keys()];
    const since = instant(Math.min(...heardUntil.values()));
    const open = await store.openQuestions(webcasts);
    const heard = await kaltura.questions.hear(webcasts, since, open);
    if (heard.kind === 'lacking') return false;
    const { questions, changes, until } = heard.value;
    const unheard = await store.unheard(questions.map(({ id }) => id));
    const fresh = questions.filter(({ id }) => unheard.has(id));
    const now = clock.now();
    const told: KnownQuestion[] = [];
    const notices: Notice[] = [];
    for (const webcast of new Set(fresh.map((one) => one.webcast))) {
      const room = mostSingle - (await store.toldSince(webcast, instant(now - minute)));
      const own = fresh.filter((one) => one.webcast === webcast);
      const { known, crowd } = sortOut(own, room, now);
      told.push(...known);
      for (const channel of found.get(webcast)?.channels ?? []) {
        notices.push(...known.flatMap((one) => noticeOf(one, channel, now)));
        if (crowd !== undefined) notices.push(crowdNotice(webcast, crowd, channel, now));
      }
    }
    const heardTo = new Map(webcasts.map((webcast) => [webcast, until]));
    await store.saveListening({ until: heardTo, questions: told, changes, notices }, now);
    return true;
  }

  return {
    async round() {
      const now = clock.now();
      if (last !== undefined && Math.abs(now - last) < pause) return;
      last = now;
      pause = listeningRhythm;
      const found = await moderators(now);
      const taken = [...(await store.takeListening([...found.values()], now, instant(now + listeningRhythm)))];
      for (let from = 0; from < taken.length; from += together) {
        const some = new Map(taken.slice(from, from + together));
        try {
          if (!(await listen(found, some))) pause = without;
        } catch (error) {
          log.warn({ err: error, webcasts: some.size }, 'It could not be asked what viewers ask');
        }
      }
    },
  };
}

interface Found extends Moderated {
  readonly channels: readonly Subscription[];
}

/** Those that are told one by one, and the minute of a crowd when there are more open ones than that. */
function sortOut(
  fresh: readonly Question[],
  room: number,
  now: Instant,
): { readonly known: readonly KnownQuestion[]; readonly crowd: Instant | undefined } {
  const minuteNow = instant(now - (now % minute));
  let left = Math.max(0, room);
  const known = fresh.map((one): KnownQuestion => {
    // What was settled before it was heard is remembered, and needs no message.
    if (one.state !== 'open') return { ...one, crowd: undefined };
    left -= 1;
    return { ...one, crowd: left >= 0 ? undefined : minuteNow };
  });
  return { known, crowd: left < 0 ? minuteNow : undefined };
}

const whereTo = ({ mode, platform, place }: Subscription): Notice['to'] => ({
  kind: mode === 'flat' ? 'channel' : 'thread',
  platform,
  place,
});

function noticeOf({ id, webcast, state, crowd }: KnownQuestion, channel: Subscription, due: Instant): Notice[] {
  if (state !== 'open' || crowd !== undefined) return [];
  const to = whereTo(channel);
  const body = JSON.stringify({ kind: 'question', question: id });
  return [{ key: `question:${id}:${nameOf(to)}`, webcast, to, body, due }];
}

/** One message for each minute; it counts anew when more come. */
function crowdNotice(webcast: EntryId, since: Instant, channel: Subscription, due: Instant): Notice {
  const to = whereTo(channel);
  const body = JSON.stringify({ kind: 'crowd of questions', since });
  return { key: `crowd of questions:${webcast}:${since}:${nameOf(to)}`, webcast, to, body, due, again: 'now' };
}
