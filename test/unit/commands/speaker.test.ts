import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan();
});
afterEach(() => rig.stop());

const xml = async (): Promise<string> => {
  const { objects } = await rig.raw('metadata_metadata', 'list', { filter: { objectIdEqual: id } });
  const rows = z.array(z.object({ xml: z.string() })).parse(objects);
  return rows.find((row) => row.xml.includes('StartTime'))?.xml ?? '';
};
const issues = (line: string) => {
  const prepared = rig.prepare({ kind: 'line', line });
  return JSON.stringify(prepared.kind === 'answer' ? prepared.view : prepared);
};

describe('the public line-up', () => {
  it('gets a speaker with everything that is known, in the words of portals', async () => {
    const words = await rig.read(
      'speaker add "Ada Lovelace" --title "Analyst" --bio "Wrote the first program." --link https://example.com/ada --picture https://example.com/ada.png',
    );
    expect(words).toContain('Ada Lovelace is in the line-up');
    expect(words).toContain('Ada Lovelace · Analyst · Wrote the first program.');
    expect(await xml()).toMatch(
      /<Presenter><PresenterId>id-\d+<\/PresenterId><Name>Ada Lovelace<\/Name><Title>Analyst<\/Title><Bio>Wrote the first program\.<\/Bio><Link>https:\/\/example\.com\/ada<\/Link><Image>https:\/\/example\.com\/ada\.png<\/Image><\/Presenter><\/metadata>$/,
    );
  });

  it('changes a speaker whose name is there, and says nothing twice', async () => {
    await rig.say('speaker add "Ada Lovelace" --title Analyst');
    const words = await rig.read('speaker add "ada lovelace" --bio "Countess"');
    expect(words).toContain('is changed in the line-up');
    expect(words).toContain('Ada Lovelace · Analyst · Countess');
    expect((await xml()).match(/<Presenter>/g)).toHaveLength(1);
  });

  it('is listed, and loses whom a button takes out', async () => {
    await rig.say('speaker add Ada');
    await rig.say('speaker add Grace');
    const words = await rig.read('speaker');
    expect(words).toMatch(/Speakers of Q3 Town Hall[\s\S]*Ada[\s\S]*Grace/);
    const line = /speaker "?remove [^\n]*/.exec(words)?.[0] ?? '';
    expect(await rig.read(line)).toContain('Ada is out of the line-up');
    expect(await rig.read('speaker')).not.toContain('Ada');
    expect(await rig.read('speaker remove grace')).toContain('Nobody is in the line-up.');
    expect(await xml()).not.toContain('Presenter');
  });

  it('says who is there when nobody of that name is', async () => {
    await rig.say('speaker add Ada');
    expect(await rig.read('speaker remove Eve')).toMatch(/No "Eve" speaks[\s\S]*Its speakers are "Ada"/);
  });

  it('keeps a hostile name a name', async () => {
    const name = "</Name></Presenter><StartTime>0</StartTime>&'";
    await rig.say(`speaker add "${name}" --title "<script>"`);
    expect(await rig.gateway.eventData.lineUp(id)).toMatchObject({ speakers: [{ name, title: '<script>' }] });
    expect((await xml()).match(/<StartTime>/g)).toHaveLength(1);
  });

  it.each([
    ['speaker Ada', 'Say add or remove before the name'],
    ['speaker add', 'Say whom to add.'],
    ['speaker remove Ada --title x', 'Details go with'],
    ['speaker add Ada --link javascript:alert(1)', 'Link takes an address'],
    ['speaker add Ada --picture http://example.com/a.png', 'Picture takes an address that begins with https'],
    ['speaker add Ada --link https://u:p@example.com', 'without a password'],
  ])('refuses %s', (line, words) => {
    expect(issues(line)).toContain(words);
  });

  it('takes three round trips to add: the webcast, its line-up, and the write', async () => {
    expect(await rig.roundTrips(() => rig.say('speaker add Ada'))).toEqual([
      ['livestream.list'],
      ['metadata_metadataprofile.list', 'metadata_metadata.list'],
      ['metadata_metadata.update'],
    ]);
    expect(await rig.roundTrips(() => rig.say('speaker'))).toHaveLength(2);
  });

  it('is written once when the answer of the write is lost', async () => {
    await rig.control('faults', { kind: 'lost', on: 'metadata_metadata.update' });
    expect(await rig.read('speaker add Ada')).toContain('Ada is in the line-up');
    expect((await xml()).match(/<Presenter>/g)).toHaveLength(1);
  });

  it('of an account without a place for it is said to be none', async () => {
    await rig.control('features', { features: ['WITHOUT_METADATA'] });
    expect(await rig.read('speaker')).toContain('No line-up for Q3 Town Hall');
    expect(await rig.read('speaker add Ada')).toContain('no place for a line-up');
  });
});
