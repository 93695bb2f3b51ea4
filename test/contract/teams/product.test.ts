import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/clock.js';
import { readConfig } from '../../../src/config.js';
import { createEncoder, type Encoder } from '../../../src/playground/encoder.js';
import { createKalturaServer, type KalturaServer } from '../../../src/playground/kaltura/index.js';
import { type Program, startProgram } from '../../../src/program.js';
import {
  createTeamsDouble,
  type StoredMessage,
  type TeamsDouble,
  type TeamsTenant,
  type TeamsUser,
} from '../../doubles/teams/index.js';
import { silent } from '../../rig/index.js';

describe('a webcast in Teams, from its plan to its recording', () => {
  let kaltura: KalturaServer;
  let encoder: Encoder;
  let double: TeamsDouble;
  let tenant: TeamsTenant;
  let program: Program;
  let alex: TeamsUser;
  let dataDir: string;
  let entry = '';

  beforeAll(async () => {
    kaltura = createKalturaServer({ partnerId: 101 });
    const { url } = await kaltura.start();
    const { partnerId, adminSecret, mediaSecret } = kaltura.account;
    encoder = createEncoder({ serviceUrl: url, partnerId, mediaSecret, clock: systemClock });
    double = createTeamsDouble();
    await double.start();
    tenant = double.tenant();
    dataDir = await mkdtemp(join(tmpdir(), 'webcast-teams-'));
    const config = readConfig({
      ...tenant.environment(),
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      KALTURA_SERVICE_URL: url,
      KALTURA_PARTNER_ID: String(partnerId),
      KALTURA_ADMIN_SECRET: adminSecret,
    });
    let ids = 0;
    const newId = () => `id-${(ids++).toString().padStart(8, '0')}`;
    const [input, output] = [new PassThrough(), new PassThrough()];
    program = await startProgram(config, { clock: systemClock, newId, log: silent, input, output });
    double.connect(`http://127.0.0.1:${program.port}/api/messages`);
    alex = tenant.user('Alex');
  });
  afterAll(async () => {
    await program.stop();
    await double.stop();
    await kaltura.stop();
    await rm(dataDir, { recursive: true });
  });

  const words = (card: StoredMessage) => alex.reads(card).join('\n');

  /** The first message of the bot that a person sees in a place and that says this. */
  const saying = (place: string, text: string) =>
    double.until(`"${text}" in ${place}`, () =>
      alex.sees(place).findLast((card) => card.author === 'bot' && words(card).includes(text)),
    );

  it('is planned by a dialog, and its card appears in the channel', async () => {
    await alex.says('@Webcast create', { in: 'Webcasts' });
    const opened = await alex.presses(await saying('Webcasts', 'Plan a webcast'), 'Open the form');
    const dialog = opened?.dialog;
    if (!dialog) throw new Error('no dialog opened');
    const date = new Date(Date.now() + 36 * 60 * 60_000).toISOString().slice(0, 10);
    alex.fills(dialog, { name: 'Q3 Town Hall (all hands)', 'start.date': date, 'start.time': '15:00', duration: '45' });
    await alex.submits(dialog);
    const card = await saying('Webcasts', 'Scheduled');
    expect(card.targetedFor).toBeUndefined();
    entry = /\b\d_[a-z0-9]{8}\b/.exec(words(card))?.[0] ?? '';
    expect(entry).not.toBe('');
  });

  it('hands its encoder addresses out in the personal chat only', async () => {
    await alex.presses(await saying('Webcasts', 'Scheduled'), 'Encoder');
    const card = await saying('personal', 'Encoder of Q3 Town Hall');
    expect(words(card)).toContain('rtmp');
    expect(JSON.stringify(tenant.conversation('Webcasts').messages.map(({ activity }) => activity))).not.toContain(
      'rtmp',
    );
  });

  it('goes live after the question, with the card edited for all', async () => {
    await encoder.start(entry);
    const card = await saying('Webcasts', 'Scheduled');
    await alex.presses(card, 'Go live');
    await alex.presses(card, 'golive');
    await saying('Webcasts', 'Live now: Q3 Town Hall');
    await double.until('the card', () => tenant.user('Megan').reads(card).join(' ').includes('see it'));
  });

  it.each([
    ['status', 'Q3 Town Hall'],
    ['list', 'Q3 Town Hall'],
    ['embed', 'iframe'],
    ['help', 'create'],
    ['help create', '--dvr-window'],
    ['recording', 'Q3 Town Hall'],
    ['stauts', 'Did you mean status?'],
  ])('answers %s', async (line, expected) => {
    await alex.says(`@Webcast ${line}`, { in: 'Webcasts' });
    expect(words(await saying('Webcasts', expected))).toContain(expected);
  });

  it('ends by a typed line', async () => {
    await alex.says('@Webcast end --yes', { in: 'Webcasts' });
    await saying('Webcasts', 'Ended: Q3 Town Hall');
  });

  it('is looked at by a guest, who may change nothing', async () => {
    const adele = tenant.user('Adele');
    await adele.says('@Webcast create "Mine" --start "tomorrow 15:00"', { in: 'Webcasts' });
    const card = await double.until('a refusal', () =>
      adele.sees('Webcasts').find((one) => adele.reads(one).join(' ').includes('You may not use create')),
    );
    expect(adele.reads(card).join(' ')).toContain('Guests may look, but change nothing.');
  });

  it('sent nothing that Teams would refuse or draw badly', () => {
    expect(double.complaints).toEqual([]);
    expect(double.advice).toEqual([]);
    expect(double.tokenRequests).toBe(1);
  });
});
