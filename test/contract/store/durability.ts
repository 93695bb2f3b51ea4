import { expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { startWriter } from './process.js';

const rounds = 3;
const rowsBeforeTheKill = 200;

/** Says what is left when processes are killed while they write. */
export function describeDurability({ store, ground }: Bench): void {
  it('loses nothing that it told to be written when its process is killed', async () => {
    await store().close();
    for (let round = 0; round < rounds; round++) {
      const writer = startWriter(ground().variables);
      writer.say('open');
      expect(await writer.next()).toBe('open');
      writer.say('write');
      while (writer.said.length <= rowsBeforeTheKill) await writer.next();
      await writer.kill();

      const told = writer.said.filter((line) => line.startsWith('row:'));
      const again = await ground().open();
      const lost: string[] = [];
      for (const key of told) if (await again.claimOnce(key, instant(0))) lost.push(key);
      const written = await ground().query(`select key from once where key like 'row:${writer.pid}:%'`);
      expect(lost).toEqual([]);
      expect(told.length).toBeGreaterThanOrEqual(rowsBeforeTheKill);
      expect(written.length - told.length).toBeLessThanOrEqual(1);
      await again.close();
    }
  }, 60_000);
}
