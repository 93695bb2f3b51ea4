import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { render as renderSlack } from '../../src/adapters/slack/render.js';
import { createPen } from '../../src/adapters/teams/cards.js';
import { render as renderTeams } from '../../src/adapters/teams/render.js';
import { createSigner } from '../../src/adapters/teams/sign.js';
import { renderView } from '../../src/adapters/terminal/render.js';
import type { PrivateView } from '../../src/core/view.js';
import type { Zone } from '../../src/core/webcast.js';
import { openRig, type Rig } from '../rig/index.js';

const pen = createPen(createSigner('a-secret-of-the-gallery'), 'tenant', false, () => false);

/** Every platform's own drawing of a view, as text that a person can compare. */
const platforms: Readonly<Record<string, (view: PrivateView) => string>> = {
  terminal: (view) => renderView(view, { zone: 'Europe/Berlin' as Zone, width: 100, colours: false }).join('\n'),
  slack: (view) => JSON.stringify(renderSlack(view), undefined, 1),
  teams: (view) => JSON.stringify(renderTeams(view, pen), undefined, 1),
};

/** The show whose answers are hung in the gallery; a line that begins with > moves the world, not the bot. */
const story = [
  'help',
  'help create',
  'golvie',
  'create "Q3 Town Hall" --start "tomorrow 15:00" --duration 90 --description "Numbers and questions"',
  'create Hall --start yesterday --dvr-windw 10',
  'status',
  'encoder',
  'embed',
  'golive --yes',
  '> encoder starts',
  'golive',
  'test',
  'golive --yes',
  'status',
  '> encoder loses the sound',
  'status',
  'test',
  'golive --yes',
  'end --yes',
  '> encoder stops',
  'recording',
  '> recording is ready',
  'recording',
  'list',
  'list volcano',
  '> a second show has been on for ten minutes',
  'analytics',
  '> the real-time reports are taken away',
  'analytics',
  '> all reports are taken away',
  'analytics --period 7d',
  'golive 1_zzzzzzzz',
  'subscribe all --mention S0CREW123 --quiet-hours 22:00-07:00 --remind 1d,15m',
  'speaker',
  'speaker add "Ada Lovelace" --title "Analyst" --bio "Wrote the first program." --link https://example.com/ada',
  '> the schedule is out of order',
  'create "Half made" --start "tomorrow 17:00"',
  'repair "Half made"',
  'repair "Half made"',
];

let rig: Rig;
const shown: { readonly name: string; readonly views: readonly PrivateView[] }[] = [];

beforeAll(async () => {
  rig = await openRig({
    kaltura: { random: createSequence() },
    calendarLink: (id) => `https://bot.example.com/calendar/${id}.ics`,
  });
  let id = '';
  const world: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
    '> encoder starts': () => rig.encoder.start(id),
    '> encoder loses the sound': () =>
      rig.control('encoders', { entryId: id, audio: false, keyFrameInterval: 6, alerts: [141] }),
    '> encoder stops': () => {
      rig.clock.advance(45 * 60_000);
      return rig.encoder.stop(id);
    },
    '> recording is ready': () => rig.clock.advance(60_000),
    '> a second show has been on for ten minutes': async () => {
      await rig.encoder.start(id);
      await rig.say('golive --yes');
      rig.clock.advance(10 * 60_000);
    },
    '> the real-time reports are taken away': () => rig.control('features', { features: ['WITHOUT_REALTIME_REPORTS'] }),
    '> the schedule is out of order': () =>
      rig.control('faults', { kind: 'blocked', on: 'schedule_scheduleevent.add' }),
    '> all reports are taken away': () =>
      rig.control('features', { features: ['WITHOUT_REALTIME_REPORTS', 'WITHOUT_WEBCAST_REPORTS'] }),
  };
  for (const [index, line] of story.entries()) {
    const move = world[line];
    if (move) {
      await move();
      continue;
    }
    const views = (await rig.say(line)).map(({ view }) => view);
    id = /\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(views))?.[0] ?? id;
    shown.push({ name: `${String(index + 1).padStart(2, '0')} ${line}`, views });
  }
});
afterAll(() => rig.stop());

/** Bytes that are the same in every run. */
function createSequence() {
  let next = 0;
  return {
    bytes(size: number) {
      next += size;
      return Buffer.from(Array.from({ length: size }, (_, index) => ((next + index) * 7) % 256));
    },
  };
}

/** The address of this run's Kaltura says nothing about the bot. */
const steady = (text: string): string => text.replace(/127\.0\.0\.1:\d+/g, 'kaltura.test');

describe('the gallery of what people see', () => {
  it.each(Object.entries(platforms))('hangs unchanged on %s', (_, draw) => {
    const pictures = shown.flatMap(({ name, views }) => [`### ${name}`, ...views.map(draw)]);
    expect(steady(pictures.join('\n\n'))).toMatchSnapshot();
  });

  it('shows no secret anywhere but where it was asked for', () => {
    for (const { name, views } of shown.filter((one) => !one.name.endsWith(' encoder'))) {
      for (const draw of Object.values(platforms)) {
        expect([name, views.map(draw).join('')]).not.toEqual([
          name,
          expect.stringMatching(/djJ8|rtmps?:\/\/|[?&]t=[0-9a-f]{8}/),
        ]);
      }
    }
  });
});
