import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { explain, readOptions } from '../../../../src/playground/kaltura/cli.js';
import { createKalturaServer } from '../../../../src/playground/kaltura/index.js';
import { objectsOf, startRig } from './rig.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaltura-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an account in a file', () => {
  it('is the same after a restart, pending recordings included', async () => {
    const stateFile = join(folder, 'account.json');
    const before = await startRig({ stateFile });
    await before.control('clock', { stopped: true });
    const id = await before.addWebcast({ recordStatus: 2, explicitLive: 0 });
    for (const status of [3, 2, 1]) await before.encoder(id, status);
    await before.control('clock', { advance: 30 });
    await before.encoder(id, 'stop');
    await before.stop();
    const after = await startRig({ stateFile });
    await after.control('clock', { advance: 60 });
    const recordings = objectsOf(await after.ask('baseEntry.list', { filter: { rootEntryIdEqual: id } }));
    const profiles = await after.ask('metadata_metadataprofile.list', { filter: { systemNameEqual: 'KMS_EVENTS3' } });
    await after.stop();
    expect(recordings).toMatchObject([{ status: 2, duration: 30 }]);
    expect(profiles.totalCount).toBe(1);
  });

  it('is readable to its owner alone, and no draft is left beside it', async () => {
    const stateFile = join(folder, 'account.json');
    const rig = await startRig({ stateFile });
    await rig.stop();
    expect([readdirSync(folder), statSync(stateFile).mode & 0o777]).toEqual([['account.json'], 0o600]);
  });

  it('is refused when it is another account', async () => {
    const stateFile = join(folder, 'account.json');
    await (await startRig({ stateFile })).stop();
    expect(() => createKalturaServer({ stateFile, partnerId: 202 })).toThrow('holds partner 101, not 202');
  });

  it('is refused when the file is another one', () => {
    const stateFile = join(folder, 'account.json');
    writeFileSync(stateFile, '{"some":"thing"}');
    expect(() => createKalturaServer({ stateFile })).toThrow('is not a state file of this server');
  });
});

describe('the command line', () => {
  it('makes the secrets that were left out and says them', () => {
    const { options, generated } = readOptions(['--port', '0', '--admin-secret', 'a', '--features', 'PUSH_PUBLISH']);
    expect(options).toMatchObject({
      port: 0,
      partnerId: 101,
      adminSecret: 'a',
      features: ['PUSH_PUBLISH'],
      host: '127.0.0.1',
    });
    expect(generated).toEqual([`User secret ${options.userSecret}`, `Media server secret ${options.mediaSecret}`]);
  });

  it.each([
    [['--port', 'http'], '--port must be a whole number from 0 to 65535, not "http".'],
    [['--partner-id', '0'], '--partner-id must be a whole number from 1 to 2147483647, not "0".'],
    [['--admin-secret', ''], '--admin-secret is empty; leave it out to have one made.'],
  ])('refuses %j in one sentence with the remedy', (words, sentence) => {
    expect(() => readOptions(words)).toThrow(sentence);
  });

  it('names the way out when the port is taken', () => {
    const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
    expect(explain(taken, { port: 8080 })).toBe(
      'Port 8080 is taken; stop the other program or choose another port with --port.',
    );
  });
});
