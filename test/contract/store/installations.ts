import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { instant } from '../../../src/core/webcast.js';
import { createSealer } from '../../../src/store/seal.js';
import type { Bench } from './describe.js';

const oldKey = Buffer.alloc(32, 1).toString('base64');
const newKey = Buffer.alloc(32, 2).toString('base64');
const payload = new Secret('{"token":"xoxb-very-secret"}');

export function describeInstallations({ store, ground }: Bench): void {
  describe('an installation', () => {
    const installations = (keys = oldKey) => store().installations(createSealer(keys));

    it('comes back as it was saved, to its tenant alone', async () => {
      await installations().save('slack', 'T1', payload, instant(1));
      expect((await installations().get('slack', 'T1'))?.reveal()).toBe(payload.reveal());
      expect(await installations().get('slack', 'T2')).toBeUndefined();
      expect(await installations().get('teams', 'T1')).toBeUndefined();
    });

    it('is replaced by the next one and gone when deleted', async () => {
      await installations().save('slack', 'T1', payload, instant(1));
      await installations().save('slack', 'T1', new Secret('{}'), instant(2));
      expect((await installations().get('slack', 'T1'))?.reveal()).toBe('{}');
      await installations().delete('slack', 'T1');
      expect(await installations().get('slack', 'T1')).toBeUndefined();
    });

    it('cannot be read in the database', async () => {
      await installations().save('slack', 'T1', payload, instant(1));
      expect(JSON.stringify(await ground().query('select * from installations'))).not.toContain('xoxb');
    });

    it('cannot be moved to another tenant', async () => {
      await installations().save('slack', 'T1', payload, instant(1));
      await ground().query("update installations set tenant = 'T2'");
      await expect(installations().get('slack', 'T2')).rejects.toMatchObject({ code: 'misconfigured' });
    });

    it('is sealed anew with the first key when it is read, so that the old key can go', async () => {
      await installations(oldKey).save('slack', 'T1', payload, instant(1));
      await installations(`${newKey},${oldKey}`).get('slack', 'T1');
      expect((await installations(newKey).get('slack', 'T1'))?.reveal()).toBe(payload.reveal());
    });

    it('asks for the old key when it was taken away too early', async () => {
      await installations(oldKey).save('slack', 'T1', payload, instant(1));
      await expect(installations(newKey).get('slack', 'T1')).rejects.toMatchObject({
        code: 'misconfigured',
        hint: expect.stringContaining('earlier key'),
      });
    });
  });
}
