import { describe, expect, it } from '@jest/globals';
import type { Listening, Notice } from '../../../src/core/live.js';
import { type KnownQuestion, questionIdSchema } from '../../../src/core/questions.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look, subscription } from './live.js';
import { entry, town } from './samples.js';

const hour = 3_600_000;
const lane = { platform: 'slack', tenant: 'T1' };
const message = { tenant: 'T1', channel: 'C1', message: 'm7' };
const questionId = (n: number) => questionIdSchema.parse(`1_questi${String(n).padStart(2, '0')}`);
const asked = (n: number, facts: Partial<KnownQuestion> = {}): KnownQuestion => ({
  id: questionId(n),
  webcast: entry(1),
  text: `Question ${n}, "quoted" & <b>`,
  asker: undefined,
  at: instant(1000 * n),
  state: 'open',
  answer: undefined,
  crowd: undefined,
  ...facts,
});
const noticeOf = (n: number): Notice => ({
  key: `question:${questionId(n)}:["slack","T1","C1"]`,
  webcast: entry(1),
  to: { kind: 'thread', platform: 'slack', place: town },
  body: JSON.stringify({ kind: 'question', question: questionId(n) }),
  due: instant(10),
});

export function describeQuestions({ store }: Bench): void {
  const hear = (facts: Partial<Listening>, now = 10) =>
    store().saveListening({ until: new Map(), questions: [], changes: [], notices: [], ...facts }, instant(now));
  const take = async (now: number) => (await store().claimNotices(lane, claim('a', now)))[0];
  const answer = { text: 'Yes.', by: 'Ann', at: instant(20), toAll: true };

  describe('a question of a viewer', () => {
    it('is remembered once, as it was heard first', async () => {
      await hear({ questions: [asked(1)] });
      await hear({ questions: [asked(1, { text: 'Another text' }), asked(2)] }, 20);
      expect(await store().question(questionId(1))).toEqual(asked(1));
      expect(await store().unheard([questionId(2), questionId(3)])).toEqual(new Set([questionId(3)]));
      expect(await store().openQuestions([entry(1)])).toEqual([questionId(2), questionId(1)]);
    });

    it('is settled once, which makes its message due, and no other one', async () => {
      await hear({ questions: [asked(1), asked(2)], notices: [noticeOf(1), noticeOf(2)] });
      for (const n of [1, 2]) {
        const due = await take(10);
        expect(due?.message).toBeUndefined();
        await store().settleNotice('a', noticeOf(n).key, { kind: 'resting', message, due: instant(10) });
      }
      expect(await take(99_999)).toBeUndefined();
      const change = { id: questionId(1), state: 'answered', answer } as const;
      await store().settleQuestion(change, instant(20));
      expect(await take(20)).toMatchObject({ key: noticeOf(1).key, message, unsure: false });
      await store().settleNotice('a', noticeOf(1).key, { kind: 'resting', message, due: instant(20) });
      await hear({ changes: [{ ...change, answer: { ...answer, by: 'ann@example.test' } }] }, 30);
      expect(await take(99_999)).toBeUndefined();
      expect(await store().question(questionId(1))).toMatchObject({ state: 'answered', answer });
      expect(await store().openQuestions([entry(1)])).toEqual([questionId(2)]);
    });

    it('that is settled while its message is sent has it sent again', async () => {
      await hear({ questions: [asked(1)], notices: [noticeOf(1)] });
      await take(10);
      await store().settleQuestion({ id: questionId(1), state: 'dismissed', answer: undefined }, instant(20));
      await store().settleNotice('a', noticeOf(1).key, { kind: 'resting', message, due: instant(10) });
      expect(await take(20)).toMatchObject({ message });
    });

    it('counts among those told one by one, or in the crowd of its minute', async () => {
      await hear({ questions: [asked(1), asked(2, { crowd: instant(60) }), asked(3, { crowd: instant(60) })] });
      expect(await store().toldSince(entry(1), instant(9))).toBe(1);
      expect(await store().toldSince(entry(1), instant(10))).toBe(0);
      await store().settleQuestion({ id: questionId(3), state: 'answered', answer }, instant(20));
      expect(await store().crowd(entry(1), instant(60))).toEqual({ asked: 2, open: 1 });
    });

    it('is forgotten after its time', async () => {
      await hear({ questions: [asked(1), asked(2)] });
      await store().forgetQuestions(instant(2000));
      expect(await store().question(questionId(1))).toBeUndefined();
      expect(await store().question(questionId(2))).toBeDefined();
    });
  });

  describe('the turn to listen', () => {
    const turn = (now: number, began = 2 * hour) =>
      store().takeListening([{ webcast: entry(1), began: instant(began) }], instant(now), instant(now + 15));

    it('is taken by one at a time, from an hour before the show on, and goes on from where it was heard', async () => {
      expect(await turn(100)).toEqual(new Map([[entry(1), hour]]));
      expect(await turn(114)).toEqual(new Map());
      await hear({ until: new Map([[entry(1), instant(3 * hour)]]) });
      await hear({ until: new Map([[entry(1), instant(2 * hour)]]) });
      expect(await turn(115)).toEqual(new Map([[entry(1), 3 * hour]]));
    });

    it('comes again after a clock was set back', async () => {
      await turn(10 * hour);
      expect((await turn(hour)).size).toBe(1);
    });

    it('is for webcasts on air, or just over, where some channel has moderators', async () => {
      const course = { number: 1, began: instant(5), ended: undefined, gaps: [], drops: 0, dark: 0 };
      const see = async (broadcast: typeof course | (Omit<typeof course, 'ended'> & { ended: number })) => {
        await store().nudge(entry(1), instant(10));
        const [due] = await store().claimWebcasts(claim('watch', 10));
        const seen = { ...broadcast, ended: broadcast.ended === undefined ? undefined : instant(broadcast.ended) };
        await store().recordLooks('watch', [look(1, { nudges: due?.nudges ?? 0, broadcast: seen })], instant(10));
      };
      const moderated = async (since: number) =>
        (await store().moderated(instant(since))).map(({ webcast, began }) => [webcast, began]);
      await see(course);
      await store().subscribe(subscription(), instant(1));
      expect(await moderated(0)).toEqual([]);
      await store().subscribe(subscription({ questions: true }), instant(1));
      expect(await store().subscriptions('slack', subscription().place)).toMatchObject([{ questions: true }]);
      expect(await moderated(9999)).toEqual([[entry(1), 5]]);
      await see({ ...course, ended: 500 });
      expect(await moderated(501)).toEqual([]);
      expect(await moderated(500)).toEqual([[entry(1), 5]]);
    });
  });
}
