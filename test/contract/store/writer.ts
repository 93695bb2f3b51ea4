import { createInterface } from 'node:readline';
import { instant } from '../../../src/core/webcast.js';
import { type OpenStore, openStore } from '../../../src/store/index.js';
import { quiet } from './harness.js';

/**
 * A process that a test may kill. It does what each line of its input says, on the store of DATABASE_URL or DATA_DIR:
 * "open" prints "open" or "refused: ..."; "write" prints the key of each row once it is written, without end.
 */
const tell = (line: string) => process.stdout.write(`${line}\n`);

async function open(): Promise<OpenStore | undefined> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env;
  try {
    const store = await openStore({ databaseUrl, dataDir, log: quiet });
    tell('open');
    return store;
  } catch (error) {
    tell(`refused: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function write(store: OpenStore): Promise<never> {
  for (let number = 0; ; number++) {
    const key = `row:${process.pid}:${number}`;
    await store.claimOnce(key, instant(number));
    tell(key);
  }
}

let store: OpenStore | undefined;
for await (const line of createInterface(process.stdin)) {
  if (line === 'open') store = await open();
  if (line === 'write' && store) await write(store);
}
await store?.close();
