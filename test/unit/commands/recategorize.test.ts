import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Form } from '../../../src/core/form.js';
import type { RawValues } from '../../../src/core/params.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { addCategory, categoriesIn } from './categories.js';

let rig: Rig;
let id: EntryId;
let events: number;
let halls: number;

const add = (category: object) => addCategory(rig, category);
const categoriesOf = async (entryId: string) => (await categoriesIn(rig, entryId)).sort();

beforeEach(async () => {
  rig = await openRig();
  events = await add({ name: 'Events' });
  halls = await add({ name: 'Town halls', parentId: events });
  id = await rig.plan('--category Events');
});
afterEach(() => rig.stop());

const looking = ['livestream.list', 'categoryentry.list', 'category.list'];

describe('edit with a category', () => {
  it('puts the webcast where it is wanted, takes it out of the rest, and says from where to where', async () => {
    let words = '';
    const trips = await rig.roundTrips(async () => {
      words = await rig.read(`edit ${id} --category "events>town halls"`);
    });
    expect(words).toContain('Category: Events → Events>Town halls');
    expect(await categoriesOf(id)).toEqual([halls]);
    expect(trips).toEqual([[...looking, 'category.list'], ['categoryentry.add'], ['categoryentry.delete']]);
  });

  it('sends only what is not so yet', async () => {
    const adding = await rig.roundTrips(() => rig.say(`edit ${id} --category "Events, Events>Town halls, ${halls}"`));
    expect(adding.slice(1)).toEqual([['categoryentry.add']]);
    expect(await categoriesOf(id)).toEqual([events, halls]);
    const again = await rig.roundTrips(async () => {
      expect(await rig.read(`edit ${id} --category "${halls},Events"`)).toContain('Nothing was changed.');
    });
    expect(again).toHaveLength(1);
  });

  it('takes it out of all by empty words, in one round trip after the look', async () => {
    const trips = await rig.roundTrips(async () => {
      expect(await rig.read(`edit ${id} --category ""`)).toContain('Category: Events → none');
    });
    expect(trips.slice(1)).toEqual([['categoryentry.delete']]);
    expect(await categoriesOf(id)).toEqual([]);
  });

  it('finds the webcast by words in Kaltura too', async () => {
    const sent = { liveStreamEntry: { name: 'Elsewhere', mediaType: 201 }, sourceType: '32' };
    const other = z.object({ id: z.string() }).parse(await rig.ask('livestream', 'add', sent)).id;
    await rig.say('edit Elsewhere --category Events');
    expect(await categoriesOf(other)).toEqual([events]);
  });

  it('changes nothing at all when the account does not have one of them', async () => {
    const words = await rig.read(`edit ${id} --name Renamed --category "Evnets, Events>Town halls"`);
    expect(words).toContain('The account has no category "Evnets"');
    expect(words).toContain('Nothing was changed.');
    expect(await categoriesOf(id)).toEqual([events]);
    expect(await rig.read(`status ${id}`)).toContain('Q3 Town Hall');
  });

  it('tells what Kaltura refuses, and leaves it where it was, so that it is not open to all meanwhile', async () => {
    await rig.control('faults', { kind: 'blocked', on: 'categoryentry.add' });
    const words = await rig.read(`edit ${id} --description New --category "Events>Town halls"`);
    expect(words).toContain('Description: nothing → New');
    expect(words).toContain('It was not put into Events>Town halls. Kaltura is asked too often');
    expect(words).toContain('It was not taken out of Events. It stays there until');
    expect(await categoriesOf(id)).toEqual([events]);
    const again = /\/webcast (edit .*)/.exec(words)?.[1] ?? '';
    expect(await rig.read(again)).toContain('Category: Events → Events>Town halls');
  });
});

describe('the form of edit', () => {
  async function open(): Promise<Form> {
    const prepared = rig.prepare({ kind: 'line', line: `edit ${id}` });
    if (prepared.kind !== 'form' || !prepared.opened.complete) throw new Error(prepared.kind);
    return prepared.opened.complete('terminal');
  }
  const fieldsOf = (form: Form) => form.groups.flatMap(({ fields }) => fields);

  async function submit(form: Form, changed: RawValues): Promise<string> {
    const filled = Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value]));
    const values = { ...filled, ...form.carried, ...changed };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: form.key, values });
    if (prepared.kind !== 'run') throw new Error(JSON.stringify(prepared));
    const before = rig.platform.shown.length;
    await rig.dispatch.run(prepared.job, rig.platform);
    return wordsOf(rig.platform.shown[before]?.view ?? { summary: '', nodes: [] });
  }

  it('holds the categories that the webcast is in, by the round trip that finds it', async () => {
    await rig.gateway.account();
    const trips = await rig.roundTrips(async () => {
      const field = fieldsOf(await open()).find(({ name }) => name === 'category');
      expect(field).toMatchObject({ value: 'Events', label: 'Category', choices: [] });
    });
    expect(trips).toEqual([looking]);
  });

  it('changes nothing of them when the field was left alone', async () => {
    const form = await open();
    expect(await rig.roundTrips(() => submit(form, { description: 'New' }))).toEqual([
      ['livestream.list'],
      ['livestream.update'],
    ]);
  });

  it('keeps what somebody else has added since it was opened', async () => {
    const form = await open();
    const board = await add({ name: 'Board' });
    await rig.ask('categoryEntry', 'add', { categoryEntry: { categoryId: board, entryId: id } });
    expect(await submit(form, { category: 'Events>Town halls' })).toContain('Board, Events → Board, Events>Town halls');
    expect(await categoriesOf(id)).toEqual([halls, board]);
  });

  it('takes it out of all when the field is emptied', async () => {
    await submit(await open(), { category: '' });
    expect(await categoriesOf(id)).toEqual([]);
  });

  it('comes without the field where Kaltura does not tell the categories', async () => {
    await rig.control('faults', { kind: 'blocked', on: 'categoryentry.list' });
    const form = await open();
    expect(fieldsOf(form).map(({ name }) => name)).not.toContain('category');
    expect(await submit(form, { description: 'New' })).toContain('is changed');
    expect(await categoriesOf(id)).toEqual([events]);
  });
});

describe('adopt with a category', () => {
  const make = async (adminTags: string) => {
    const liveStreamEntry = { name: 'Elsewhere', mediaType: 201, adminTags };
    const answer = await rig.ask('livestream', 'add', { liveStreamEntry, sourceType: '32' });
    return z.object({ id: z.string() }).parse(answer).id;
  };

  it('puts it there, and takes it out of none', async () => {
    const other = await make('kms-webcast-event,vpaas-webcast');
    await rig.ask('categoryEntry', 'add', { categoryEntry: { categoryId: halls, entryId: other } });
    expect(await rig.read(`adopt ${other} --category Events`)).toContain('It is in: Events>Town halls, Events.');
    expect(await categoriesOf(other)).toEqual([events, halls]);
  });

  it('carries the category through its question', async () => {
    const other = await make('');
    const words = await rig.read(`adopt ${other} --category "Events>Town halls"`);
    expect(words).toContain('and puts it into Events>Town halls');
    expect(await categoriesOf(other)).toEqual([]);
    await rig.say(/\] (adopt .*)/.exec(words)?.[1] ?? '');
    expect(await categoriesOf(other)).toEqual([halls]);
  });

  it('takes nothing in when the account has no such category', async () => {
    const other = await make('');
    expect(await rig.read(`adopt ${other} --category Evnets --yes`)).toContain('The account has no category "Evnets"');
    expect(await rig.store.notes([await rig.plan()])).toHaveLength(1);
    expect(await rig.store.findNotes('Elsewhere')).toEqual([]);
  });
});
