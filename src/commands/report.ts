import type { BroadcastRecord } from '../core/broadcast.js';
import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { webcast as webcastParam } from '../core/params.js';
import { fetchAttendance, fetchFigures } from '../core/report.js';
import { type PrivateView, say } from '../core/view.js';
import { instant, type Recording, type Webcast, type WebcastNote } from '../core/webcast.js';
import { toldOf } from '../show/marks.js';
import { attendanceNodes, reportOf } from '../show/report.js';
import { pickWebcast } from './parts/choose.js';

const line = 'report {}';
/** After the end Kaltura takes so long to count everything, in milliseconds. */
const finals = 24 * 60 * 60_000;

export const report = defineCommand({
  name: 'report',
  summary: "A webcast's last broadcast: who came and when, gaps, questions, and the attendance list as a file.",
  examples: ['report', 'report "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['ended', 'live', 'interrupted', 'preview'] as const;
    const chosen = await pickWebcast(input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const record = await context.store.broadcast(chosen.webcast.id);
    if (!record) return [{ to: 'me', view: notYet(chosen.webcast) }];
    return [{ to: 'me', view: await reportWithAttendance(chosen.webcast, chosen.note, record, context) }];
  },
});

const notYet = ({ name }: Webcast) =>
  say(
    `There is no report of ${name}.`,
    'Nobody saw it on air since it is watched here; a report comes after a broadcast.',
  );

async function reportWithAttendance(
  webcast: Webcast,
  note: WebcastNote | undefined,
  record: BroadcastRecord,
  { kaltura, store, clock }: Context,
): Promise<PrivateView> {
  const now = clock.now();
  const before = record.number > 1 ? await store.broadcast(webcast.id, record.number - 1) : undefined;
  const recordings = ofBroadcast(webcast, await kaltura.recordings(webcast.id), before);
  const ids = recordings.map(({ id }) => id);
  const [figures, attendance] = await Promise.all([
    fetchFigures(kaltura.reports, record, ids, now, false),
    fetchAttendance(kaltura.reports, record, now, false),
  ]);
  const counted = (record.ended ?? now) + finals;
  const next = counted > now ? instant(counted) : undefined;
  const marks = await store.marks(webcast.id, record.number);
  const { players } = marks.some(({ chapter }) => chapter) ? await kaltura.account() : { players: [] };
  const view = reportOf({
    webcast,
    record,
    figures,
    recordings,
    marks: toldOf(marks, { addresses: kaltura.addresses, players }),
    asOf: now,
    edited: false,
    next,
  });
  return { ...view, nodes: [...view.nodes, ...attendanceNodes(webcast, record, note?.zone, attendance, next)] };
}

/** The recordings that were made since the broadcast before; an appended one is of all of them. */
const ofBroadcast = (
  { recording }: Webcast,
  all: readonly Recording[],
  before: BroadcastRecord | undefined,
): readonly Recording[] =>
  recording === 'append' ? all : all.filter(({ createdAt }) => createdAt > (before?.ended ?? 0));
