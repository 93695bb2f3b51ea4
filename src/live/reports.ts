import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Attendee, Measured } from '../core/numbers.js';
import type { Platform } from '../core/ports.js';
import { fetchAttendance, fetchFigures, type ReportFigures } from '../core/report.js';
import type { PrivateView } from '../core/view.js';
import { instant, type WebcastNote } from '../core/webcast.js';
import { toldOf } from '../show/marks.js';
import { attendanceAgain, attendanceNodes, type Reported, reportOf } from '../show/report.js';
import type { Bringer, Brought } from './bring.js';
import { createInquiries, type Inquiry, type InquirySender } from './inquiries.js';
import type { Known } from './known.js';
import type { Sending } from './sending.js';
import { partsOf } from './step.js';
import { findSubscription } from './subscribed.js';

const second = 1000;
const minute = 60 * second;
/** After the end Kaltura takes so long to count everything. */
const finals = 24 * 60 * minute;
/** How soon it is seen whether Kaltura has answered, and how often a failure is asked again before it is told. */
const lookAgain = second;
const patience = 3;

/**
 * Makes the sender of reports: one message for each broadcast and reader, with what is counted soon after the end, and
 * edited the next day when everything is. Kaltura may take long, so nobody waits for it while others could be served.
 */
export function createReportSender({ store, clock, log, kaltura, screen }: Sending, bringer: Bringer): InquirySender {
  const figures = createInquiries<ReportFigures>(clock);
  const lists = createInquiries<Measured<readonly Attendee[]>>(clock);
  const reports = kaltura.reportsUnasked;

  async function send(
    platform: Platform,
    notice: DueNotice,
    number: number,
    known: Known,
    note: WebcastNote | undefined,
  ): Promise<NoticeOutcome> {
    const { webcast, to, message, attempts } = notice;
    if (to.kind !== 'person' && !(await findSubscription(store, platform.name, to.place, known.webcast)))
      return { kind: 'dropped', reason: 'it is not followed any more' };
    const record = await store.broadcast(webcast, number);
    if (record?.ended === undefined) return { kind: 'dropped', reason: 'the broadcast is not remembered as ended' };
    const now = clock.now();
    const lenient = attempts >= patience;
    const next = record.ended + finals > now ? instant(record.ended + finals) : undefined;
    const recordings = known.broadcast?.number === number ? partsOf(known) : [];
    const key = `${webcast}:${number}:${message === undefined ? 'first' : 'final'}:${lenient}`;
    const ids = recordings.map(({ id }) => id);
    const counted = figures.send(key, () => fetchFigures(reports, record, ids, now, lenient));
    if (counted.kind !== 'done') return wait(counted, notice);
    const marks = toldOf(await store.marks(webcast, number), await screen());
    const reported: Reported = {
      webcast: known.webcast,
      record,
      figures: counted.value,
      recordings,
      marks,
      asOf: now,
      next,
      edited: true,
    };
    const view = reportOf(reported);
    if (message !== undefined) {
      const again = to.kind === 'person' ? attendanceAgain(known.webcast) : [];
      const brought = await bringer.edit(platform, message, to, { ...view, nodes: [...view.nodes, ...again] });
      return settle(brought, notice, undefined);
    }
    if (to.kind === 'person') {
      const list = lists.send(key, () => fetchAttendance(reports, record, now, lenient));
      if (list.kind !== 'done') return wait(list, notice);
      const named: PrivateView = {
        ...view,
        nodes: [...view.nodes, ...attendanceNodes(known.webcast, record, note?.zone, list.value, next)],
      };
      const brought = await bringer.tell(platform, to, named);
      lists.forget(key);
      return settle(brought, notice, next);
    }
    const place = { ...to, kind: to.kind === 'channel' ? ('channel' as const) : ('thread' as const) };
    return settle(await bringer.post(platform, notice, place, view), notice, next);
  }

  /** Comes again when Kaltura has answered; a question that failed is asked anew, later each time. */
  function wait<T>(inquiry: Exclude<Inquiry<T>, { kind: 'done' }>, { webcast, attempts }: DueNotice): NoticeOutcome {
    const now = clock.now();
    if (inquiry.kind === 'under way') return { kind: 'again', at: instant(now + lookAgain), failed: false };
    log.warn({ err: inquiry.error, webcast, attempts }, 'The figures of a report could not be asked for');
    return { kind: 'again', at: instant(now + minute * 2 ** attempts), failed: true };
  }

  const settle = (brought: Brought, { due }: DueNotice, next: Reported['next']): NoticeOutcome => {
    if (brought.kind !== 'brought') return brought;
    return next === undefined ? { kind: 'sent' } : { kind: 'standing', message: brought.message, due, next };
  };

  return {
    send,
    async idle() {
      await Promise.all([figures.idle(), lists.idle()]);
    },
  };
}
