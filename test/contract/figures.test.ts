import { describe, expect, it } from '@jest/globals';
import { render as renderSlack } from '../../src/adapters/slack/render.js';
import { createPen } from '../../src/adapters/teams/cards.js';
import { render as renderTeams } from '../../src/adapters/teams/render.js';
import { createSigner } from '../../src/adapters/teams/sign.js';
import { renderView } from '../../src/adapters/terminal/render.js';
import type { BroadcastRecord } from '../../src/core/broadcast.js';
import type { ReportFigures } from '../../src/core/report.js';
import type { PrivateView } from '../../src/core/view.js';
import { instant, type Zone } from '../../src/core/webcast.js';
import { cardOf } from '../../src/show/card.js';
import { attendanceAgain, attendanceNodes, type Reported, reportOf } from '../../src/show/report.js';
import { snapshotOf } from '../../src/show/snapshot.js';
import { minute, note, start, states, webcast } from '../unit/live/samples.js';

const zone = 'Europe/Berlin' as Zone;
const pen = createPen(createSigner('a-secret-of-the-gallery'), 'tenant', false, () => false);
const platforms: Readonly<Record<string, (view: PrivateView) => string>> = {
  terminal: (view) => renderView(view, { zone, width: 100, colours: false }).join('\n'),
  slack: (view) => JSON.stringify(renderSlack(view), undefined, 1),
  teams: (view) => JSON.stringify(renderTeams(view, pen), undefined, 1),
};

/** When things happen, in minutes after the start. */
const at = (minutes: number) => instant(start + minutes * minute);
/** An hour of a show: people come, some leave when the picture is lost, and all at the end. */
const viewers = [40, 180, 320, 400, 420, 415, 210, 300, 330, 340, 335, 330];
const points = viewers.map((value, index) => ({ at: at(index * 5), value }));
const running: BroadcastRecord = {
  webcast: webcast().id,
  number: 1,
  began: at(0),
  ended: undefined,
  gaps: [{ from: at(27), until: at(29) }],
  drops: 1,
  dark: 2 * minute,
  peak: { at: at(20), value: 420 },
  points,
  lacking: undefined,
};
const over: BroadcastRecord = { ...running, ended: at(58) };
const bare: BroadcastRecord = { ...running, gaps: [], drops: 0, dark: 0, peak: undefined, points: [] };

const counted: ReportFigures = {
  numbers: {
    kind: 'measured',
    value: {
      span: { from: at(0), until: at(63) },
      plays: 812,
      viewers: 640,
      minutes: 18_400,
      liveMinutes: 17_900,
      engagement: 0.71,
      buffering: 0.4,
      devices: [],
      places: [],
    },
  },
  curve: { kind: 'lacking', why: 'nothing yet' },
  questions: { kind: 'measured', value: { asked: 34, open: 5 } },
};
const none: ReportFigures = {
  numbers: { kind: 'lacking', why: 'nothing yet' },
  curve: { kind: 'lacking', why: 'not in the account' },
  questions: { kind: 'lacking', why: 'took too long' },
};
const reported = (facts: Partial<Reported> = {}): Reported => ({
  webcast: webcast(),
  record: over,
  figures: counted,
  marks: [],
  recordings: [],
  asOf: at(63),
  next: at(24 * 60 + 58),
  edited: true,
  ...facts,
});
const attendee = { user: 'ann@example.com', name: 'Ann', plays: 2, minutes: 58, liveMinutes: 50 };
const live = { webcast: webcast(states.live), note: note(), phase: 'live' } as const;
const show = { began: at(0), ended: undefined, onAir: 56 * minute, lostAt: undefined, drops: 1 };

const views: Readonly<Record<string, PrivateView>> = {
  'a snapshot while it is live': snapshotOf('Q3 Town Hall', running, 5, at(56)),
  'a snapshot whose figures are old': snapshotOf('Q3 Town Hall', running, 5, at(70)),
  'a snapshot after the end': snapshotOf('Q3 Town Hall', over, 'over', at(60)),
  'a snapshot that nobody wants any more': snapshotOf('Q3 Town Hall', running, 'stopped', at(56)),
  'a snapshot without the reports': snapshotOf('Q3 Town Hall', { ...bare, lacking: 'not in the account' }, 5, at(3)),
  "the crew's card": cardOf({ ...live, show, viewers: { now: points.at(-1), peak: running.peak } }),
  'a report': reportOf(reported()),
  'the report of the next day': reportOf(reported({ next: undefined, asOf: at(24 * 60 + 58) })),
  'a report without figures': reportOf(reported({ record: { ...bare, ended: at(58) }, figures: none })),
  "the organizer's report of the next day": {
    ...reportOf(reported({ next: undefined })),
    nodes: [...reportOf(reported({ next: undefined })).nodes, ...attendanceAgain(webcast())],
  },
  "the organizer's report": {
    ...reportOf(reported({ edited: false })),
    nodes: [
      ...reportOf(reported({ edited: false })).nodes,
      ...attendanceNodes(webcast(), over, zone, { kind: 'measured', value: [attendee] }, at(24 * 60 + 58)),
    ],
  },
};

describe('the gallery of figures', () => {
  it.each(Object.entries(platforms))('hangs unchanged on %s', (_, draw) => {
    const pictures = Object.entries(views).flatMap(([name, view]) => [`### ${name}`, draw(view)]);
    expect(pictures.join('\n\n')).toMatchSnapshot();
  });

  it('names those who watched on the organizer’s report alone', () => {
    for (const draw of Object.values(platforms)) {
      const named = Object.entries(views).filter(([, view]) => draw(view).includes('ann@example.com'));
      expect(named.map(([name]) => name).filter((name) => name !== "the organizer's report")).toEqual([]);
    }
  });
});
