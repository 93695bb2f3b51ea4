import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFacts } from '../../../src/commands/create/facts.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { addCategory, categoriesIn } from './categories.js';

let rig: Rig;
let events: number;
let halls: number;

const add = (category: object) => addCategory(rig, category);
const categoriesOf = (id: string) => categoriesIn(rig, id);

beforeEach(async () => {
  rig = await openRig();
  events = await add({ name: 'Events' });
  halls = await add({ name: 'Town halls', parentId: events });
});
afterEach(() => rig.stop());

const create = (options: string) => rig.read(`create Categorized --start "in 10 minutes" ${options}`);
const idIn = (words: string) => entryIdSchema.parse(/\b\d_[a-z0-9]{8}\b/.exec(words)?.[0]);

describe('create with a category', () => {
  it('puts the webcast into it by its full name in one further round trip', async () => {
    let words = '';
    const trips = await rig.roundTrips(async () => {
      words = await create('--category "events>town halls"');
    });
    expect(await categoriesOf(idIn(words))).toEqual([halls]);
    expect(trips).toHaveLength(3);
    expect(trips).toContainEqual(['categoryentry.list', 'category.list', 'categoryentry.add']);
    expect(words).not.toContain('categories are not');
  });

  it('takes ids, and several', async () => {
    const words = await create(`--category "${halls}, Events"`);
    expect((await categoriesOf(idIn(words))).sort()).toEqual([events, halls].sort());
  });

  it('asks nothing more when none is named', async () => {
    const calls = (await rig.roundTrips(() => create(''))).flat();
    expect(calls.filter((call) => call.startsWith('category'))).toEqual([]);
  });

  it('tells what is not known, and the line that tries it again without making a second webcast', async () => {
    const words = await create('--category "Events, Evnets"');
    const id = idIn(words);
    expect(words).toContain('Categorized is planned');
    expect(words).toContain('The account has no category Evnets');
    expect(await categoriesOf(id)).toEqual([events]);
    const again = /\/webcast (create .*--request=\S+)/.exec(words)?.[1] ?? '';
    expect(again).toContain('--category="Events,Evnets"');
    const evnets = await add({ name: 'Evnets' });
    expect(idIn(await rig.read(again))).toBe(id);
    expect(await categoriesOf(id)).toEqual([events, evnets]);
    expect((await rig.raw('livestream', 'list', { filter: { nameEqual: 'Categorized' } })).objects).toHaveLength(1);
  });

  it('keeps the webcast when Kaltura fails meanwhile, and says so', async () => {
    await rig.control('faults', { kind: 'blocked', on: 'categoryentry.add', times: 9 });
    const words = await create('--category Events');
    expect(words).toContain('Categorized is planned');
    expect(words).toContain('Its categories are not as asked');
    expect(words).toContain('/webcast create Categorized');
  });

  it('offers the categories in the form by their full names', async () => {
    expect(createFacts(await rig.gateway.account()).choices.category).toEqual([
      { value: String(events), label: 'Events' },
      { value: String(halls), label: 'Events>Town halls' },
    ]);
  });
});

describe('setting the categories of a webcast', () => {
  it('takes it out of all others, in a second round trip', async () => {
    const id = await rig.plan('--category Events');
    const trips = await rig.roundTrips(async () => {
      expect(await rig.gateway.setCategories(id, ['Events>Town halls'])).toEqual([
        { name: 'Events>Town halls', kind: 'in' },
      ]);
    });
    expect(await categoriesOf(id)).toEqual([halls]);
    expect(trips).toHaveLength(2);
    expect(await rig.gateway.setCategories(id, ['Events>Town halls'])).toMatchObject([{ kind: 'in' }]);
    expect(await rig.gateway.setCategories(id, [])).toEqual([]);
    expect(await categoriesOf(id)).toEqual([]);
  });

  it('takes it out of none while a name is not known', async () => {
    const id = await rig.plan('--category Events');
    expect(await rig.gateway.setCategories(id, ['Nowhere'])).toEqual([{ name: 'Nowhere', kind: 'unknown' }]);
    expect(await categoriesOf(id)).toEqual([events]);
  });
});
