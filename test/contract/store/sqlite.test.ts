import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { type OpenStore, openStore } from '../../../src/store/index.js';
import { describeStore } from './describe.js';
import { type Ground, quiet } from './harness.js';

/** A folder of its own under a store on SQLite. */
async function makeFolder(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'webcast-bot-'));
  const stores: OpenStore[] = [];
  return {
    async open() {
      const store = await openStore({ dataDir: folder, log: quiet });
      stores.push(store);
      return store;
    },
    async query(text) {
      const file = new Libsql(join(folder, 'webcast-bot.db'), { timeout: 1000 });
      const statement = file.prepare(text);
      const rows = statement.reader ? statement.all([]) : [];
      if (!statement.reader) statement.run([]);
      file.close();
      return rows.filter((row) => typeof row === 'object' && row !== null);
    },
    async clear() {
      for (const store of stores) await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeStore('SQLite', makeFolder);
