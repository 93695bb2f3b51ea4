import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { query, startPostgres, type TestPostgres } from '../../postgres.js';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';
import { startWire, type Wire } from './wire.js';

/** A look on air, a rest after a failed round, and room for a busy machine. */
const looks = 20_000;
const statusOf = async (rig: Rig) => (await fetch(`${rig.bot.url}/readyz`)).status;

/** Waits until /readyz answers with a status. */
async function untilReady(rig: Rig, status: number): Promise<void> {
  for (const until = Date.now() + looks; (await statusOf(rig)) !== status; )
    if (Date.now() > until) throw new Error(`/readyz never answered ${status}.`);
}

describe('a PostgreSQL that goes away while a show is on air', () => {
  let server: TestPostgres;
  let wire: Wire;
  let rig: Rig;
  let id: string;
  const replies = () => rig.workspace.messages('events').filter(({ threadTs }) => threadTs !== undefined);
  const roots = () => rig.workspace.messages('events').filter(({ threadTs }) => threadTs === undefined);

  beforeAll(async () => {
    server = await startPostgres();
    const { url } = await server.makeSchema();
    wire = await startWire(Number(new URL(url).port));
    const address = new URL(url);
    address.port = String(wire.port);
    rig = await startRig({ env: { DATABASE_URL: address.href } });
    ({ id } = await rig.plan('events', 'Long night'));
    await rig.encoder.start(id);
    await rig.posted('events', () => rig.workspace.user('ada').runs(`/webcast golive ${id} --yes`, { in: 'events' }));
    await rig.double.until('the live card', () => roots()[0]?.text === 'Long night: Live', looks);
    await rig.bot.child.prints(/went live/);
    // The command itself has to be done: what it has told is remembered by its last writes.
    await rig.double.until('the news', () => roots().some(({ text }) => text === 'Live now: Long night'), looks);
    await rig.ask('/webcast status', 'events');
  }, 120_000);

  afterAll(async () => {
    await rig.stop();
    await wire.cut();
    await server.stop();
  });

  it('makes it unready, and commands say what is wrong', async () => {
    await query(
      server.url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kaltura-webcast-bot'",
    );
    await wire.cut();
    await untilReady(rig, 503);
    const told = wordsOf(await rig.ask('/webcast status', 'events'));
    expect(told).toMatch(/The database cannot be reached\.[\s\S]*DATABASE_URL/);
  }, 60_000);

  it('loses nothing of what happened meanwhile, tells it once, and goes on', async () => {
    await rig.encoder.drop(id);
    await wire.mend();
    await untilReady(rig, 200);
    await rig.double.until('the interruption', () => roots()[0]?.text.includes('Interrupted'), looks);
    await rig.double.until('the reply', () => replies().some(({ text }) => text === 'No picture: Long night'), looks);
    expect(replies()).toHaveLength(1);
    expect(roots()).toHaveLength(2);
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Interrupted');
  }, 60_000);

  it('fills no log: each loop says it once when it begins and once when it is over', () => {
    const lines = (words: string) => rig.bot.child.stdout.split('\n').filter((line) => line.includes(words)).length;
    expect(lines('A round failed')).toBeLessThanOrEqual(2);
    expect(lines('A round failed')).toBe(lines('The rounds go on'));
  });
});

describe('a SQLite file that another program keeps locked', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(async () => rig.stop());

  it('is waited for: commands say so, and cards follow when it is free', async () => {
    const { id, card } = await rig.plan('events', 'Locked out');
    const other = new Libsql(join(rig.env.DATA_DIR ?? '', 'webcast-bot.db'), { timeout: 5000 });
    other.exec('begin immediate');
    await rig.encoder.start(id);
    await untilReady(rig, 503);
    const told = wordsOf(await rig.ask('/webcast status', 'events'));
    expect(told).toContain('Another program keeps the database locked.');
    other.exec('rollback');
    other.close();
    await untilReady(rig, 200);
    await rig.double.until('the preview', () => card.text.startsWith('Locked out: Preview'), looks);
  }, 60_000);
});
