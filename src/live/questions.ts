import type { Standing } from '../core/events.js';
import type { DueNotice, NoticeOutcome, Recipient } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { View } from '../core/view.js';
import { crowdOf, questionOf } from '../show/questions.js';
import type { Bringer } from './bring.js';
import type { Known } from './known.js';
import type { Sending } from './sending.js';
import { findSubscription } from './subscribed.js';

type Channel = Extract<Recipient, { kind: 'channel' | 'thread' }>;
type About = Extract<Standing, { kind: 'question' | 'crowd of questions' }>;

/**
 * Makes the sender of questions: one message for each in a moderators' channel, which says what became of it when that
 * is known. A sent one rests until the store makes it due again.
 */
export function createQuestionSender(
  { store }: Sending,
  bringer: Bringer,
): (platform: Platform, notice: DueNotice, to: Channel, body: About, known: Known) => Promise<NoticeOutcome> {
  return async (platform, notice, to, body, known) => {
    const { name } = known.webcast;
    const stands = notice.message !== undefined;
    if (!stands && !(await findSubscription(store, platform.name, to.place, known.webcast))?.questions)
      return { kind: 'dropped', reason: 'questions are not wanted there any more' };
    if (body.kind === 'crowd of questions') {
      const counted = await store.crowd(notice.webcast, body.since);
      return bring(platform, notice, to, crowdOf(known.webcast, counted));
    }
    const question = await store.question(body.question);
    if (!question) return { kind: 'dropped', reason: 'the question is not remembered' };
    if (!stands && question.state !== 'open') return { kind: 'dropped', reason: 'somebody was sooner' };
    return bring(platform, notice, to, questionOf(question, name));
  };

  async function bring(platform: Platform, notice: DueNotice, to: Channel, view: View): Promise<NoticeOutcome> {
    const brought = await (notice.message === undefined
      ? bringer.post(platform, notice, to, view)
      : bringer.edit(platform, notice.message, to, view));
    return brought.kind === 'brought' ? { kind: 'resting', message: brought.message, due: notice.due } : brought;
  }
}
