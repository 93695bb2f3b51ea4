import type { Measured } from '../core/numbers.js';
import type { Question } from '../core/questions.js';
import { type EntryId, instant } from '../core/webcast.js';
import { handOverOf, handOverTo } from '../show/handover.js';
import type { Bringer } from './bring.js';
import { createInquiries, type InquirySender } from './inquiries.js';
import type { Sending } from './sending.js';
import { findSubscription } from './subscribed.js';

const minute = 60_000;
/** Viewers may ask before the show begins, in milliseconds. */
const before = 60 * minute;
const lookAgain = 1000;

/**
 * Makes the sender of what stayed open: once for each broadcast, to the moderators' channels, and to the organizer with
 * all questions and answers as a file. Nobody waits for Kaltura while others could be served.
 */
export function createHandOverSender({ store, clock, log, kaltura }: Sending, bringer: Bringer): InquirySender {
  const lists = createInquiries<Measured<readonly Question[]>>(clock);

  return {
    async send(platform, notice, number, known, note) {
      const { webcast, to, attempts } = notice;
      const now = clock.now();
      if (to.kind !== 'person' && !(await findSubscription(store, platform.name, to.place, known.webcast))?.questions)
        return { kind: 'dropped', reason: 'questions are not wanted there any more' };
      const record = await store.broadcast(webcast, number);
      if (!record) return { kind: 'dropped', reason: 'the broadcast is not remembered' };
      const since = instant(record.began - before);
      const asked = lists.send(keyOf(webcast, number), () => kaltura.questions.all(webcast, since));
      if (asked.kind === 'under way') return { kind: 'again', at: instant(now + lookAgain), failed: false };
      if (asked.kind === 'failed') {
        log.warn({ err: asked.error, webcast, attempts }, 'The questions could not be handed over yet');
        if (attempts >= 10) return { kind: 'dropped', reason: 'Kaltura does not tell the questions' };
        return { kind: 'again', at: instant(now + minute * 2 ** Math.min(attempts, 6)), failed: true };
      }
      if (asked.value.kind === 'lacking') return { kind: 'dropped', reason: 'the account has no questions' };
      const questions = asked.value.value;
      if (questions.length === 0) return { kind: 'dropped', reason: 'nothing was asked' };
      const about = { webcast: known.webcast, began: record.began, zone: note?.zone, questions };
      if (to.kind === 'person') {
        await bringer.tell(platform, to, handOverTo(about));
        return { kind: 'sent' };
      }
      if (questions.every(({ state }) => state !== 'open')) return { kind: 'dropped', reason: 'none stayed open' };
      const place = { ...to, kind: to.kind === 'channel' ? ('channel' as const) : ('thread' as const) };
      const brought = await bringer.post(platform, notice, place, handOverOf(about));
      return brought.kind === 'brought' ? { kind: 'sent' } : brought;
    },
    idle: () => lists.idle(),
  };
}

const keyOf = (webcast: EntryId, number: number): string => `${webcast}:${number}`;
