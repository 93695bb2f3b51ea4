import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { type Reach, sayAs } from '../../rig/viewer.js';

const second = 1000;
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan();
});
afterEach(() => rig.stop());

const reach = (): Reach => ({ url: rig.gateway.addresses.service, ...rig.kaltura.account });
const ask = async (text: string, user = 'vera@example.test') => {
  rig.clock.advance(second);
  return sayAs(reach(), user, id, text);
};
const lines = (shown: Awaited<ReturnType<Rig['say']>>) => shown.map(({ how, view }) => `${how} ${wordsOf(view)}`);
const said = async (line: string) => lines(await rig.say(line)).join('\n');

const annotations = z.array(
  z.object({ id: z.string(), text: z.string(), userId: z.string(), parentId: z.string(), tags: z.string().optional() }),
);
const kindsOf = z.array(z.object({ objectId: z.string(), xml: z.string() }));

/** Everything that stands in Kaltura beside the questions themselves. */
async function inKaltura() {
  const filter = { objectType: 'KalturaAnnotationFilter', entryIdEqual: id };
  const all = annotations.parse((await rig.raw('cuepoint_cuepoint', 'list', { filter })).objects);
  const about = {
    metadataObjectTypeEqual: 'annotationMetadata.Annotation',
    objectIdIn: all.map((one) => one.id).join(),
  };
  const { objects } = await rig.raw('metadata_metadata', 'list', {
    filter: { objectType: 'KalturaMetadataFilter', ...about },
  });
  const xml = new Map(kindsOf.parse(objects).map((one) => [one.objectId, one.xml]));
  return all.map((one) => ({ ...one, xml: xml.get(one.id) ?? '' }));
}

describe('questions', () => {
  it('lists the open ones, newest last, with buttons that type what settles them', async () => {
    const first = await ask('Will there be slides?');
    await ask('And a recording?', 'otto@example.test');
    const list = await said('questions');
    expect(list).toMatch(/^whisper 2 questions are open: Q3 Town Hall/);
    expect(list.indexOf('Will there be slides?')).toBeLessThan(list.indexOf('And a recording?'));
    expect(list).toContain('otto@example.test');
    expect(list).toContain(`answer ${first}`);
    expect(list).toContain(`dismiss ${first}`);
  });

  it('shows eight of many, those that wait longest, and says how many more there are', async () => {
    for (let count = 1; count <= 11; count += 1) await ask(`Question ${count}.`);
    const list = await said('questions');
    expect(list).toContain('Question 8.');
    expect(list).not.toContain('Question 9.');
    expect(list).toContain('3 more are open');
  });

  it('takes three round trips the first time and two from then on', async () => {
    await ask('Will there be slides?');
    expect(await rig.roundTrips(() => rig.say('questions'))).toHaveLength(3);
    expect(await rig.roundTrips(() => rig.say('questions'))).toHaveLength(2);
  });

  it('says that nobody asked, and where questions of another kind are kept', async () => {
    expect(await said('questions')).toMatch(/no question is open[\s\S]*Nobody has asked[\s\S]*Kaltura Events/i);
  });

  it('says plainly that an account has none', async () => {
    await rig.control('questions', { available: false });
    expect(await said('questions')).toContain('No questions and answers: Q3 Town Hall');
    expect(await said('announce "Hello." --yes')).toContain('This Kaltura account has no questions and answers.');
  });
});

describe('an answer', () => {
  it('goes to the asker alone, by the person who gave it, and settles the question', async () => {
    const question = await ask('Will there be slides?');
    const trips = await rig.roundTrips(() => rig.say('questions'));
    expect(trips.length).toBeGreaterThan(0);
    expect(await said(`answer ${question} "Yes, tomorrow."`)).toContain('vera@example.test can read it now.');
    const all = await inKaltura();
    expect(all.find(({ parentId }) => parentId === question)).toMatchObject({
      text: 'Yes, tomorrow.',
      userId: 'ann@example.test',
      tags: 'qna',
      xml: `<metadata><ThreadId>${question}</ThreadId><Type>Answer</Type><ThreadCreatorId>vera@example.test</ThreadCreatorId></metadata>`,
    });
    expect(all.find((one) => one.id === question)?.xml).toContain('<State>Answered</State>');
    expect(await said('questions')).toContain('No question is open');
  });

  it('takes four round trips once the account is known', async () => {
    const question = await ask('Will there be slides?');
    await rig.say('questions');
    const trips = await rig.roundTrips(() => rig.say(`answer ${question} "Yes."`));
    expect(trips.map((calls) => calls.join('+'))).toEqual([
      'cuepoint_cuepoint.list+metadata_metadata.list+cuepoint_cuepoint.list+metadata_metadata.list',
      'session.start',
      'cuepoint_cuepoint.add+metadata_metadata.add+cuepoint_cuepoint.update',
      'metadata_metadata.update',
    ]);
  });

  it('goes to all with --public', async () => {
    const question = await ask('Will there be slides?');
    expect(await said(`answer ${question} "Yes." --public`)).toContain('All viewers can read it now.');
    expect((await inKaltura()).find(({ parentId }) => parentId === question)?.xml).toContain(
      '<Type>AnswerOnAir</Type>',
    );
  });

  it('of a second moderator is not sent, and says who was sooner', async () => {
    const question = await ask('Will there be slides?');
    await rig.say(`answer ${question} "Yes."`);
    const late = await said(`answer ${question} "No."`);
    expect(late).toMatch(/answered already[\s\S]*ann@example\.test: Yes\.[\s\S]*not sent/);
  });

  it('is taken once when two answer in the same moment', async () => {
    const question = await ask('Will there be slides?');
    await rig.say('questions');
    const both = await Promise.all([
      rig.gateway.questions.answer(z.string().brand<'QuestionId'>().parse(question), 'Yes.', false, 'ann@example.test'),
      rig.gateway.questions.answer(z.string().brand<'QuestionId'>().parse(question), 'No.', false, 'ben@example.test'),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['settled', 'settled before']);
    expect((await inKaltura()).filter(({ parentId }) => parentId === question)).toHaveLength(1);
  });

  it.each([
    ['HTML', 'a <b>bold</b> & "quoted" text'],
    ['XML', ']]></text><State>Deleted</State>'],
    ['mentions', '<!channel> <@U1> @everyone *bold* _x_ `y`'],
    ['the longest that is allowed', `${'x'.repeat(2999)}&`],
  ])('carries hostile words as they are: %s', async (_name, text) => {
    const question = await ask(text);
    const form = { question, text, public: false };
    const prepared = rig.prepare({ kind: 'form', command: 'answer', key: 'k', values: form });
    if (prepared.kind !== 'run') throw new Error(prepared.kind);
    await rig.dispatch.run(prepared.job, rig.platform);
    expect((await inKaltura()).find(({ parentId }) => parentId === question)?.text).toBe(text);
  });

  it('names the asker safely in the metadata, whoever that is', async () => {
    const question = await ask('Why?', 'a<b>&"c"');
    await rig.say(`answer ${question} "So."`);
    expect((await inKaltura()).find(({ parentId }) => parentId === question)?.xml).toContain(
      '<ThreadCreatorId>a&lt;b&gt;&amp;"c"</ThreadCreatorId>',
    );
  });

  it('opens a form with the question when words are missing', async () => {
    const question = await ask('Will there be slides?');
    const prepared = rig.prepare({ kind: 'line', line: `answer ${question} --public` });
    if (prepared.kind !== 'form') throw new Error(prepared.kind);
    const form = await prepared.opened.complete?.('terminal');
    expect(form?.note).toBe('vera@example.test asked: Will there be slides?');
    const fields = form?.groups.flatMap((group) => group.fields) ?? [];
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['question', question],
      ['text', undefined],
      ['public', true],
    ]);
  });

  it('to what is no question says so', async () => {
    expect(await said('answer hello "Yes."')).toContain('"hello" is no id such as 1_ab12cd34.');
    expect(await said('answer 1_zzzzzzzz "Yes."')).toContain('There is no question 1_zzzzzzzz.');
  });
});

describe('dismissing', () => {
  it('takes a question from the open ones, and a second press changes nothing', async () => {
    const question = await ask('Spam?');
    expect(await said(`dismiss ${question}`)).toContain('Dismissed: Spam?');
    expect((await inKaltura()).find((one) => one.id === question)?.xml).toContain('<State>Deleted</State>');
    expect(await said(`dismiss ${question}`)).toContain('settled already');
    expect(await said('questions')).toContain('No question is open');
  });
});

describe('announcing', () => {
  it('takes three round trips once confirmed, and dismissing takes two', async () => {
    const question = await ask('Spam?');
    await rig.say('questions');
    const announced = await rig.roundTrips(() => rig.say(`announce ${id} "Hello." --yes`));
    expect(announced.map((calls) => calls.join('+'))).toEqual([
      'livestream.list',
      'session.start',
      'cuepoint_cuepoint.add+metadata_metadata.add+cuepoint_cuepoint.update',
    ]);
    const dismissed = await rig.roundTrips(() => rig.say(`dismiss ${question}`));
    expect(dismissed.map((calls) => calls.join('+'))).toEqual([
      'cuepoint_cuepoint.list+metadata_metadata.list+cuepoint_cuepoint.list+metadata_metadata.list',
      'metadata_metadata.update',
    ]);
  });

  it('asks with the exact words, and sends them once however often the button is pressed', async () => {
    const shown = await rig.say('announce «We say "hello" & go on in 5 minutes.»');
    expect(lines(shown)[0]).toMatch(/Announce this to all viewers of Q3 Town Hall\?[\s\S]*We say "hello" & go on/);
    expect(await inKaltura()).toEqual([]);
    const buttons = shown[0]?.view.nodes.find((node) => node.kind === 'buttons');
    const button = buttons?.kind === 'buttons' ? buttons.buttons[0] : undefined;
    if (!button || !('line' in button)) throw new Error('there is no button');
    expect(await said(button.line)).toContain('Announced to the viewers of Q3 Town Hall');
    expect(await said(button.line)).toContain('Announced to the viewers of Q3 Town Hall');
    expect(await inKaltura()).toMatchObject([
      {
        text: 'We say "hello" & go on in 5 minutes.',
        userId: 'ann@example.test',
        tags: 'qna',
        xml: '<metadata><Type>Announcement</Type></metadata>',
      },
    ]);
  });

  it('is taken back by its button, once', async () => {
    await rig.say(`announce ${id} "Hello." --yes`);
    const [made] = await inKaltura();
    expect(await said(`withdraw ${made?.id}`)).toContain('taken back');
    expect((await inKaltura())[0]?.tags).toContain('Annotation_Deleted');
    const question = await ask('Why?');
    expect(await said(`withdraw ${question}`)).toContain(`There is no announcement ${question}.`);
  });

  it('opens a form when words are missing', async () => {
    const prepared = rig.prepare({ kind: 'line', line: `announce ${id}` });
    if (prepared.kind !== 'form') throw new Error(prepared.kind);
    const fields = prepared.opened.form.groups.flatMap((group) => group.fields);
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['text', undefined],
      ['webcast', id],
    ]);
  });
});
