import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, wordsOf } from './screen.js';

/** Every command as a line, typed by Bob about what Ada has planned. */
describe('commands typed in full', () => {
  let rig: Rig;
  let id: string;
  const read = async (line: string, channel = 'events') => wordsOf(await rig.ask(`/webcast ${line}`, channel, 'bob'));

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'crew', 'shared'] });
  });

  afterAll(async () => rig.stop());

  it('create takes every option in one line', async () => {
    ({ id } = await rig.plan(
      'events',
      'All hands',
      [
        '--end "in 70 minutes" --zone Europe/Berlin --description "For all." --tags "Finance, q3" --no-preview',
        '--dvr on --dvr-window=30 --recording append --profile passthrough --no-copy-entitlement --hide-recording off',
      ].join(' '),
    ));
    expect(await rig.entries('All hands')).toEqual([
      expect.objectContaining({
        id,
        description: 'For all.',
        tags: 'finance, q3',
        adminTags: 'kms-webcast-event,vpaas-webcast',
        dvrStatus: 1,
        dvrWindow: 30,
        recordStatus: 1,
        mediaType: 201,
        sourceType: '32',
      }),
    ]);
  });

  it('create is content with a name and a start', async () => {
    const { card } = await rig.plan('crew', 'Short');
    expect(buttonsOf(card)).toEqual(['Go live', 'Encoder', 'Embed', 'Status']);
    expect(await rig.entries('Short')).toEqual([
      expect.objectContaining({ dvrStatus: 1, dvrWindow: 60, recordStatus: 2, explicitLive: expect.anything() }),
    ]);
  });

  it('status, encoder, embed, recording and golive take an entry id, whatever channel they are typed in', async () => {
    expect(await read(`status ${id}`, 'shared')).toMatch(/All hands[\s\S]*Scheduled[\s\S]*one for all sessions/);
    expect(await read(`encoder ${id}`, 'shared')).toContain('Encoder of All hands');
    expect(await read(`embed ${id}`, 'shared')).toContain(id);
    expect(await read(`recording ${id}`, 'shared')).toContain('it has not been on air');
    expect(await read(`golive ${id}`, 'shared')).toContain('has preview switched off, so nobody has to go live');
    expect(await read(`end ${id}`, 'shared')).toContain('has preview switched off');
  });

  it('they take words of a name, in any case and in quotes of any phone', async () => {
    expect(await read('status all HANDS', 'shared')).toContain('All hands');
    expect(await read('status „All hands“', 'shared')).toContain('All hands');
    expect(await read('STATUS short', 'shared')).toContain('Short');
  });

  it("they take the channel's own webcast when nothing is said", async () => {
    expect(await read('status')).toContain('All hands');
    expect(await read('status', 'crew')).toContain('Short');
  });

  it('status and recording are shown to all when shared', async () => {
    const status = await rig.posted('crew', () =>
      rig.workspace.user('bob').runs('/webcast status --share', { in: 'crew' }),
    );
    expect(wordsOf(status)).toContain('Short');
  });

  it('embed takes a player by name and names those there are', async () => {
    const legacy = await read('embed --player legacy');
    expect(legacy).toContain('kWidget.embed');
    expect(legacy).not.toContain('KalturaPlayer.setup');
    expect(await read('embed --player disco')).toMatch(/no player "disco"[\s\S]*Webcast player \(\d+\)/);
  });

  it('list shows what there is, and only what fits the words', async () => {
    expect(await read('list')).toMatch(/2 webcasts[\s\S]*Upcoming[\s\S]*(All hands|Short)/);
    expect(await read('list hands')).toMatch(/1 webcast with "hands"/);
    expect(await read('list nothing-like-it')).toContain('No webcast has "nothing-like-it" in its name.');
    expect(await read('list --page 7')).toContain('There is no page 7.');
  });

  it('help shows all commands, and all options of one', async () => {
    const all = await read('help');
    for (const name of ['create', 'golive', 'end', 'embed', 'recording', 'status', 'list']) {
      expect(all).toContain(`/webcast ${name}`);
    }
    expect(await read('')).toBe(all);
    expect(await read('help create')).toMatch(/--dvr-window[\s\S]*60/);
    expect(await read('help crate')).toContain('Did you mean create?');
  });

  it.each([
    ['golvie', 'Did you mean golive?'],
    ['stauts', 'Did you mean status?'],
    ['sing', 'Type /webcast help to see what there is.'],
    ['create Hall --strat "in 10 minutes"', 'There is no option --strat. Did you mean --start?'],
    ['create Hall --start', '--start needs a value.'],
    [
      'create Hall --start "in 10 minutes" --dvr-window 0',
      'DVR window takes a whole number of minutes from 1 to 1440.',
    ],
    ['create Hall --start "in 10 minutes" --dvr-window 1441', 'from 1 to 1440'],
    ['create Hall --start "in 10 minutes" --dvr-window ten', 'from 1 to 1440'],
    ['create Hall --start "in 10 minutes" --dvr=maybe', 'DVR takes on or off.'],
    ['create Hall --start "in 10 minutes" --dvr maybe', '"maybe" is not expected behind an option'],
    ['create Hall --start "in 10 minutes" --recording never', 'Recording takes one of: per-session, append, off.'],
    ['create Hall --start "in 10 minutes" --zone Mars/Base', 'Time zone takes a name such as Europe/Berlin'],
    ['create Hall --start "in 10 minutes" --profile disco', 'no live conversion profile "disco"'],
    ['create Hall --start "in 10 minutes" --start now', '--start is given twice.'],
    ['create Hall --start yesterday', 'time'],
    [
      'create Hall --start "2020-01-01 10:00"',
      'Start is in the past: Wednesday 1 January 2020, 10:00 (America/New_York',
    ],
    ['create Hall --start "2027-03-14 02:30"', '02:30 does not exist on that day in America/New_York'],
    ['create Hall --start "tomorrow 15:00" --end "tomorrow 14:00"', 'End is not after the start'],
    ['create Hall --start "in 10 minutes" --archive --recording off', 'Archiving needs one recording per session'],
    ['status --page 2', 'There is no option --page.'],
    ['list --page 0', 'Page takes a whole number'],
    ['status 0_aaaaaaaa', 'There is no webcast 0_aaaaaaaa in this account, or it was deleted.'],
    ['golive 1_zzzzzzzz --yes', 'There is no webcast 1_zzzzzzzz'],
    ['embed 0_aaaaaaaa', 'There is no webcast 0_aaaaaaaa'],
    ['recording 0_aaaaaaaa', 'There is no webcast 0_aaaaaaaa'],
    ['encoder 0_aaaaaaaa', 'There is no webcast 0_aaaaaaaa'],
    ['end 0_aaaaaaaa', 'There is no webcast 0_aaaaaaaa'],
    ['status "no such show"', 'No webcast is called "no such show".'],
  ])('/webcast %s is answered with: %s', async (line, sentence) => {
    const posted = rig.workspace.messages('shared').length;
    expect(await read(line, 'shared')).toContain(sentence);
    expect(await rig.entries('Hall')).toEqual([]);
    expect(rig.workspace.messages('shared')).toHaveLength(posted);
  });
});
