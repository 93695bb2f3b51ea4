import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage as SlackMessage } from '../../doubles/slack/index.js';
import { createTeamsDouble, type StoredMessage, type TeamsTenant } from '../../doubles/teams/index.js';
import { findLeaks } from '../ending.js';
import { type Rig as SlackRig, startRig as startSlackRig } from '../program/rig.js';
import { buttonsOf, wordsOf } from '../program/screen.js';

/** One process serves both platforms, and one Kaltura stands behind them. */
describe('a webcast in Slack and in Teams', () => {
  const teams = createTeamsDouble();
  let tenant: TeamsTenant;
  let slack: SlackRig;
  let id: string;
  let slackCard: SlackMessage;
  let announced: StoredMessage;
  const place = 'Webcasts';
  const alex = () => tenant.user('Alex');
  const words = (message: StoredMessage) => alex().reads(message).join('\n');
  const saying = (text: string) =>
    teams.until(`"${text}" in Teams`, () =>
      alex()
        .sees(place)
        .findLast((one) => one.author === 'bot' && one.cards.length > 0 && words(one).includes(text)),
    );
  const say = (line: string) => alex().says(`@Webcast ${line}`, { in: place });

  beforeAll(async () => {
    await teams.start();
    tenant = teams.tenant();
    slack = await startSlackRig({ env: tenant.environment() });
    teams.connect(`${slack.bot.url}/api/messages`);
  });

  afterAll(async () => {
    const { child } = slack.bot;
    await slack.stop();
    await teams.stop();
    expect(teams.complaints).toEqual([]);
    expect(findLeaks(child.stdout + child.stderr, [tenant.environment().MicrosoftAppPassword ?? ''])).toEqual([]);
  });

  it('that was planned in Slack is found by its name in Teams', async () => {
    ({ id, card: slackCard } = await slack.plan('events', 'Shared Town Hall'));
    await say('status "Shared Town Hall"');
    expect(words(await saying('Shared Town Hall'))).toContain(id);
    expect(buttonsOf(slackCard)).toContain('Go live');
  });

  it('goes live from Teams, and the card in Slack follows', async () => {
    await slack.encoder.start(id);
    await say(`golive ${id} --yes`);
    announced = await saying('Live now: Shared Town Hall');
    expect(announced.targetedFor).toBeUndefined();
    await slack.double.until('the card in Slack', () => slackCard.text === 'Shared Town Hall: Live');
    expect(buttonsOf(slackCard)).toContain('End');
  });

  it('is live to whoever looks in Slack, and is not taken live twice', async () => {
    expect(wordsOf(await slack.ask(`/webcast status ${id}`, 'events'))).toContain('Live since');
    expect(wordsOf(await slack.ask(`/webcast golive ${id} --yes`, 'events'))).toContain('already live');
    const told = slack.workspace.messages('events').map(({ text }) => text);
    expect(told.filter((text) => text === 'Live now: Shared Town Hall')).toHaveLength(1);
  });

  it('ends from Teams, and the card in Slack says so', async () => {
    await alex().presses(announced, 'End');
    await alex().presses(announced, 'end');
    await saying('Ended: Shared Town Hall');
    await slack.double.until('the card in Slack', () => slackCard.text.startsWith('Shared Town Hall: Ended'));
  });

  it('that was planned in Teams is run from Slack, and its card in Teams follows', async () => {
    await say('create "Shared Keynote" --start "in 10 minutes"');
    await saying('Shared Keynote is planned');
    const [entry] = await slack.entries('Shared Keynote');
    if (!entry) throw new Error('There is no entry.');
    const card = alex()
      .sees(place)
      .find((one) => !one.targetedFor && one.author === 'bot' && words(one).includes(entry.id));
    if (!card) throw new Error('There is no card in Teams.');
    await slack.encoder.start(entry.id);
    const shown = await slack.posted('events', () =>
      slack.workspace.user('ada').runs(`/webcast golive ${entry.id} --yes`, { in: 'events' }),
    );
    await slack.double.until('the announcement', () => shown.text === 'Live now: Shared Keynote');
    await teams.until('the card in Teams', () => alex().buttons(card).includes('End'));
    await slack.posted('events', () =>
      slack.workspace.user('ada').runs(`/webcast end ${entry.id} --yes`, { in: 'events' }),
    );
    await teams.until('the card in Teams', () => words(card).includes('Ended'));
    expect(alex().buttons(card)).toContain('Recording');
  });

  it('keeps the secrets of both to its own', async () => {
    const told = await slack.ask(`/webcast encoder ${id}`, 'events');
    expect(wordsOf(told)).toContain('rtmps:');
    expect(JSON.stringify(tenant.conversation(place).messages.map(({ activity }) => activity))).not.toContain('rtmp');
    expect(JSON.stringify(slack.workspace.messages('events').map(({ blocks }) => blocks))).not.toContain('rtmp');
  });
});
