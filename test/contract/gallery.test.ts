import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { render as renderSlack } from '../../src/adapters/slack/render.js';
import { createPen } from '../../src/adapters/teams/cards.js';
import { render as renderTeams } from '../../src/adapters/teams/render.js';
import { createSigner } from '../../src/adapters/teams/sign.js';
import { renderView } from '../../src/adapters/terminal/render.js';
import { questionIdSchema } from '../../src/core/questions.js';
import type { PrivateView } from '../../src/core/view.js';
import { entryIdSchema, instant, type Zone } from '../../src/core/webcast.js';
import { handOverTo } from '../../src/show/handover.js';
import { crowdOf, questionOf } from '../../src/show/questions.js';
import { channel, openRig, type Rig } from '../rig/index.js';
import { sayAs } from '../rig/viewer.js';

const pen = createPen(createSigner('a-secret-of-the-gallery'), 'tenant', false, () => false);

/** Every platform's own drawing of a view, as text that a person can compare. */
const platforms: Readonly<Record<string, (view: PrivateView) => string>> = {
  terminal: (view) => renderView(view, { zone: 'Europe/Berlin' as Zone, width: 100, colours: false }).join('\n'),
  slack: (view) => JSON.stringify(renderSlack(view), undefined, 1),
  teams: (view) => JSON.stringify(renderTeams(view, pen), undefined, 1),
};

/** The show whose answers are hung in the gallery; a line that begins with > moves the world, not the bot; {id} is the webcast's. */
const story = [
  'help',
  'help create',
  'golvie',
  'create "Q3 Town Hall" --start "tomorrow 15:00" --duration 90 --description "Numbers and questions"',
  'create Hall --start yesterday --dvr-windw 10',
  'status',
  'encoder',
  'embed',
  'embed --as react --muted --qna --size 16:9',
  'embed --as oembed',
  'embed --protected',
  'access',
  'golive --yes',
  '> encoder starts',
  'golive',
  'test',
  'golive --yes',
  'mark "CFO numbers"',
  'marks',
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
  'recording --share',
  'recording-edit --title "Q3 Town Hall, the film" --hide',
  'trim',
  'marks',
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
  'questions',
  '> viewers ask',
  'questions',
  'announce "We go on at 16:00."',
  'announce "We go on at 16:00." --yes',
  'edit --description "Numbers, questions and answers" --recording off',
  'edit --no-multicast',
  'move friday 15:00',
  'copy',
  'adopt {id}',
  'present',
  'studio',
  '> Ann and Bob are made users of the account',
  'present add <@U2|Bob> ghost@example.test',
  'present add @cleo',
  'present',
  'studio',
  'studio --all',
  'moderate',
  'present remove <@U2|Bob>',
  'link-account <@U2|Bob> bob.b',
  'delete',
  'delete --yes',
  'speaker',
  'speaker add "Ada Lovelace" --title "Analyst" --bio "Wrote the first program." --link https://example.com/ada',
  '> the schedule is out of order',
  'create "Half made" --start "tomorrow 17:00"',
  'repair "Half made"',
  'repair "Half made"',
];

/** What a channel of moderators sees, as it comes and as it turns. */
function moderatorsViews(): readonly PrivateView[] {
  const at = instant(Date.UTC(2026, 10, 22, 15, 4));
  const id = questionIdSchema.parse('1_question');
  const entry = entryIdSchema.parse('1_ab12cd34');
  const text = 'Will there be *slides* & <b>such</b>?';
  const open = { id, webcast: entry, text, asker: 'vera@example.test', at, state: 'open', answer: undefined } as const;
  const answer = { text: 'Yes, tomorrow.', by: 'Ann', at, toAll: true };
  return [
    questionOf(open, 'Q3 Town Hall'),
    questionOf({ ...open, state: 'answered', answer }, 'Q3 Town Hall'),
    questionOf({ ...open, state: 'dismissed', answer: { ...answer, text: '' } }, 'Q3 Town Hall'),
    crowdOf({ id: entry, name: 'Q3 Town Hall' }, { asked: 14, open: 3 }),
    handOverTo({ webcast: { id: entry, name: 'Q3 Town Hall' }, began: at, zone: undefined, questions: [open] }),
  ];
}

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
    '> viewers ask': async () => {
      const [webcast] = await rig.store.bound('terminal', channel);
      if (!webcast) throw new Error('The channel has no webcast.');
      const reach = { url: rig.gateway.addresses.service, ...rig.kaltura.account };
      for (const text of ['Will there be slides?', '*Why* <now> & not then?']) {
        rig.clock.advance(1000);
        await sayAs(reach, 'vera@example.test', webcast, text);
      }
    },
    '> the real-time reports are taken away': () => rig.control('features', { features: ['WITHOUT_REALTIME_REPORTS'] }),
    '> Ann and Bob are made users of the account': async () => {
      rig.platform.meet('U2', { email: 'bob@example.test' });
      for (const user of ['ann@example.test', 'bob@example.test'])
        await rig.ask('user', 'add', { user: { objectType: 'KalturaUser', id: user } });
    },
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
    const views = (await rig.say(line.replace('{id}', id))).map(({ view }) => view);
    id = /\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(views))?.[0] ?? id;
    shown.push({ name: `${String(index + 1).padStart(2, '0')} ${line}`, views });
  }
  shown.push({ name: 'questions of viewers', views: moderatorsViews() });
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

/** The address of this run's Kaltura says nothing about the bot, nor do the tokens of its links. */
const steady = (text: string): string =>
  text.replace(/127\.0\.0\.1:\d+/g, 'kaltura.test').replace(/\/go\/[\w-]{43}/g, '/go/token');

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
