import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PrivateView } from '../../../src/core/view.js';
import { jobFor, type Rig, startRig, whomOf } from './rig.js';

const text = 'name,minutes\n"Zoë, Ltd",42\n';
const report: PrivateView = {
  summary: 'Attendance',
  nodes: [
    { kind: 'title', text: 'Attendance of Town Hall' },
    { kind: 'file', name: 'attendance.csv', type: 'text/csv', text },
  ],
};

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
  await rig.alex.installs('personal');
  rig.script = {
    prepare: (inbound) => jobFor(inbound),
    run: async (job, platform) => platform.whisper(whomOf(job.inbound), report),
  };
});
afterEach(async () => {
  const { complaints } = rig.double;
  await rig.stop();
  expect(complaints).toEqual([]);
});

const words = (place = 'personal') =>
  rig.alex
    .sees(place)
    .map((message) => JSON.stringify(message.activity))
    .join('\n');
const offered = () => rig.double.until('an offer', () => words().includes('file.consent'));
const says = (text: string) => rig.double.until(text, () => words().includes(text));

describe('a file for one person in Teams', () => {
  it('is offered in the personal chat and saved once it is wanted', async () => {
    await rig.alex.says('report');
    await offered();
    expect(words()).not.toContain('Zoë');
    await rig.alex.decides('accept');
    await says('attendance.csv was saved in your OneDrive.');
    expect(rig.double.drive).toMatchObject([{ name: 'attendance.csv', text, size: Buffer.byteLength(text) }]);
    expect(words()).toContain('file.info');
    expect(words()).not.toContain('file.consent');
  });

  it('goes to the personal chat when it was asked for where others read', async () => {
    await rig.alex.says('@Webcast report', { in: 'Webcasts' });
    await offered();
    expect(words('Webcasts')).toContain('Attendance of Town Hall');
    expect(rig.megan.sees('Webcasts').filter(({ author }) => author === 'bot')).toEqual([]);
    await rig.alex.decides('accept');
    await says('was saved');
  });

  it('is told without being asked for', async () => {
    await rig.teams.tell(rig.tenant.id, rig.alex.aadObjectId, report);
    await rig.alex.decides('accept');
    await says('was saved');
    expect(rig.double.drive).toMatchObject([{ text }]);
  });

  it('is forgotten when it is not wanted', async () => {
    await rig.alex.says('report');
    await offered();
    const [offer] = rig.alex.sees('personal').slice(-1);
    await rig.alex.decides('decline');
    await says('attendance.csv was not saved.');
    await rig.alex.decides('accept', {}, offer && { ...offer, activity: offer.history.at(-1) ?? {} });
    await says('That file is no longer kept.');
    expect(rig.double.drive).toMatchObject([{ text: undefined }]);
  });

  it('is given to nobody else, whatever their client sends', async () => {
    await rig.alex.says('report');
    await offered();
    await rig.megan.installs('personal');
    const { context } = { context: JSON.parse(words().match(/"acceptContext":(\{[^}]*\})/)?.[1] ?? '{}') };
    const uploadInfo = { contentUrl: 'https://x', name: 'a', uploadUrl: 'https://x', uniqueId: 'u', fileType: 'csv' };
    await rig.megan.invokes('fileConsent/invoke', { type: 'fileUpload', action: 'accept', context, uploadInfo });
    await rig.double.until('an answer', () =>
      JSON.stringify(rig.megan.sees('personal').map(({ activity }) => activity)).includes('no longer kept'),
    );
  });

  it('goes to no host but those of OneDrive', async () => {
    await rig.alex.says('report');
    await offered();
    const context = JSON.parse(words().match(/"acceptContext":(\{[^}]*\})/)?.[1] ?? '{}');
    const uploadUrl = 'https://evil.example/upload?x=.sharepoint.com';
    const uploadInfo = { contentUrl: 'https://x', name: 'a', uploadUrl, uniqueId: 'u', fileType: 'csv' };
    await rig.alex.invokes('fileConsent/invoke', { type: 'fileUpload', action: 'accept', context, uploadInfo });
    await says('evil.example');
    expect(rig.double.drive).toEqual([]);
  });

  it('can be taken once more after OneDrive has failed', async () => {
    rig.double.faults.add({ at: 'upload', effect: { kind: 'status', status: 503 } });
    await rig.alex.says('report');
    await offered();
    await rig.alex.decides('accept');
    await says('attendance.csv could not be saved.');
    await rig.alex.decides('accept');
    await says('was saved in your OneDrive.');
    expect(rig.double.drive.at(-1)).toMatchObject({ text });
  });

  it('can be taken from another replica, or after a restart', async () => {
    await rig.alex.says('report');
    await offered();
    await rig.anotherReplica();
    await rig.alex.decides('accept');
    await says('was saved in your OneDrive.');
    expect(rig.double.drive).toMatchObject([{ text }]);
  });

  it('answers what no client of Teams sends with words', async () => {
    await rig.alex.invokes('fileConsent/invoke', {
      type: 'fileUpload',
      action: 'accept',
      context: { v: 1, file: 'x' },
    });
    await says('That file is no longer kept.');
  });
});
