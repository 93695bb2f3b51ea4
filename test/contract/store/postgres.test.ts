import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import { type OpenStore, openStore } from '../../../src/store/index.js';
import { migrations } from '../../../src/store/migrations/index.js';
import { openPostgres } from '../../../src/store/postgres.js';
import { query, startPostgres, type TestPostgres, type TestSchema } from '../../postgres.js';
import { describeStore } from './describe.js';
import { type Door, openDoor } from './door.js';
import { type Ground, quiet } from './harness.js';

/** Long enough for Debian's package to be fetched on a machine without PostgreSQL, in milliseconds. */
const installation = 300_000;

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
}, installation);

afterAll(async () => {
  await server?.stop();
});

/** A schema of its own under stores on PostgreSQL. */
async function makeGround(): Promise<Ground> {
  const schema = await server.makeSchema();
  const stores: OpenStore[] = [];
  return {
    async open() {
      const store = await openStore({ databaseUrl: schema.url, dataDir: 'unused', log: quiet });
      stores.push(store);
      return store;
    },
    openDatabase: () => openPostgres(schema.url, quiet),
    query: (text) => query(schema.url, text),
    variables: { DATABASE_URL: schema.url },
    async clear() {
      for (const store of stores) await store.close();
      await schema.drop();
    },
  };
}

describeStore('PostgreSQL', makeGround);

describe('several replicas on one PostgreSQL', () => {
  it('may open an empty database at the same moment', async () => {
    const ground = await makeGround();
    const replicas = await Promise.all([ground.open(), ground.open(), ground.open()]);
    const claims = await Promise.all(replicas.map((replica) => replica.claimOnce('announce', instant(1))));
    const begun = await Promise.all(replicas.map((replica) => replica.beginCreation('form:1', instant(1))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(begun.filter((outcome) => outcome.begun)).toHaveLength(1);
    expect(await ground.query('select name from migrations order by number')).toEqual(
      migrations.map(({ name }) => ({ name })),
    );
    await ground.clear();
  });
});

describe('a PostgreSQL that cannot be used', () => {
  const opening = (parts: Partial<URL>) => {
    const databaseUrl = Object.assign(new URL(server.url), parts).href;
    return openStore({ databaseUrl, dataDir: 'unused', log: quiet });
  };

  it.each([
    ['nobody listens', { port: '1' }, 'unavailable', /cannot be reached/],
    ['the host does not exist', { hostname: 'db.invalid' }, 'unavailable', /cannot be reached/],
    ['the password is wrong', { password: 'wrong-one' }, 'misconfigured', /the user or the password/],
    ['the password is missing', { password: '' }, 'misconfigured', /the user or the password/],
    ['the user is unknown', { username: 'nobody-here' }, 'misconfigured', /the user or the password/],
    ['the database is missing', { pathname: '/missing' }, 'misconfigured', /missing does not exist/],
    ['it does not encrypt', { search: '?sslmode=verify-full' }, 'misconfigured', /encrypted connection/],
    ['the address is none', { protocol: 'mysql:' }, 'misconfigured', /DATABASE_URL/],
  ])('says so when %s', async (_when, parts, code, message) => {
    await expect(opening(parts)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is named without its password', async () => {
    const failure = opening({ password: 'wrong-one' });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('wrong-one') });
  });

  it('says so when the encoding cannot hold every name', async () => {
    const latin = `latin_${process.pid}`;
    await query(server.url, `create database ${latin} encoding 'LATIN1' locale 'C' template template0`);
    await expect(opening({ pathname: `/${latin}` })).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('LATIN1'),
    });
    await query(server.url, `drop database ${latin}`);
  });

  it('says so when the user may not make tables', async () => {
    const schema = await server.makeSchema();
    const role = `reader_${process.pid}`;
    await query(server.url, `create role ${role} login password 'reads'`);
    const { search } = new URL(schema.url);
    await expect(opening({ username: role, password: 'reads', search })).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('make or change tables'),
    });
    await query(server.url, `drop role ${role}`);
    await schema.drop();
  });
});

describe('a way to PostgreSQL that fails', () => {
  let schema: TestSchema;
  let door: Door;

  beforeEach(async () => {
    schema = await server.makeSchema();
    door = await openDoor(schema.url);
  });

  afterEach(async () => {
    await door.shut();
    await schema.drop();
  });

  it('is told as unavailable, and is used again when it is back', async () => {
    const store = await openStore({ databaseUrl: door.url, dataDir: 'unused', log: quiet });
    await store.claimOnce('before', instant(1));
    await door.shut();
    await expect(store.claimOnce('meanwhile', instant(2))).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The database cannot be reached.',
    });
    await door.reopen();
    expect(await store.claimOnce('meanwhile', instant(3))).toBe(true);
    expect(await store.claimOnce('before', instant(3))).toBe(false);
    await store.close();
  });

  it('is not waited for without end when nothing comes through, and a new one is made', async () => {
    const { db } = await openPostgres(door.url, quiet, 300);
    const ask = () => db.selectFrom('once').selectAll().execute();
    await ask();
    door.freeze();
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await ask()).toEqual([]);
    await db.destroy();
  });
});
