import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawForm, drawNotice, drawSkeleton } from '../../../../src/adapters/slack/form.js';
import { readMetadata, writeMetadata } from '../../../../src/adapters/slack/metadata.js';
import { placeIssues, readValues } from '../../../../src/adapters/slack/submission.js';
import type { Field, Form } from '../../../../src/core/form.js';
import type { Control } from '../../../../src/core/params.js';
import type { Inbound } from '../../../../src/core/request.js';
import { findViewIssues } from '../../../doubles/slack/blocks/index.js';
import { judgeTexts } from '../../../doubles/slack/blocks/text.js';

const field = (control: Control, more: Partial<Field> = {}): Field => ({
  name: 'field',
  label: 'Field',
  hint: '',
  control,
  required: false,
  value: undefined,
  choices: [],
  ...more,
});

const formOf = (fields: readonly Field[], more: Partial<Form> = {}): Form => ({
  command: 'create',
  title: 'Plan a webcast',
  submit: 'Create',
  key: 'key-1',
  note: undefined,
  groups: [{ title: '', fields }],
  issues: [],
  ...more,
});

/** Draws a form, sees to it that Slack would take it, and gives its blocks. */
function draw(form: Form) {
  const view = drawForm(form, '{}');
  expect(findViewIssues(view, ['modal'])).toEqual([]);
  expect(judgeTexts(view, '').faults).toEqual([]);
  return view.blocks;
}

const elementOf = (one: Field) => {
  const [block] = draw(formOf([one]));
  return block && 'element' in block ? block.element : undefined;
};

const recording = [
  { value: 'per-session', label: 'One for each session' },
  { value: 'off', label: 'None' },
];

describe('a form in Slack', () => {
  it('has a header for each group but a nameless one, and a note on top', () => {
    const groups = [
      { title: '', fields: [field({ kind: 'line', max: 60 }, { name: 'name' })] },
      { title: 'Playback', fields: [field({ kind: 'toggle' }, { name: 'dvr' })] },
    ];
    const blocks = draw(formOf([], { note: 'Kaltura & co', groups }));
    expect(blocks.map((block) => block.type)).toEqual(['context', 'input', 'divider', 'header', 'input']);
    expect(JSON.stringify(blocks[0])).toContain('Kaltura &amp; co');
  });

  it('names inputs by their fields and says their hints', () => {
    const [block] = draw(
      formOf([field({ kind: 'line', max: 60 }, { name: 'name', hint: 'What viewers read.', required: true })]),
    );
    expect(block).toMatchObject({ block_id: 'name', optional: false, hint: { text: 'What viewers read.' } });
  });

  it('keeps words that were typed for a moment, and offers a picker otherwise', () => {
    const when: Control = { kind: 'when' };
    expect(elementOf(field(when))).toMatchObject({ type: 'datetimepicker' });
    expect(elementOf(field(when, { value: '@1900000000' }))).toMatchObject({ initial_date_time: 1_900_000_000 });
    expect(elementOf(field(when, { value: 'tomorrow 15:00' }))).toMatchObject({
      type: 'plain_text_input',
      initial_value: 'tomorrow 15:00',
    });
  });

  it('asks for whole numbers within their bounds, and keeps what is none', () => {
    const minutes: Control = { kind: 'number', min: 1, max: 1440, unit: 'minutes' };
    expect(elementOf(field(minutes, { value: '60' }))).toMatchObject({
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '1440',
      initial_value: '60',
    });
    expect(elementOf(field(minutes, { value: '9000' }))).toMatchObject({
      type: 'plain_text_input',
      initial_value: '9000',
    });
  });

  it('draws a switch as one box with its hint beside it, on or off as it stands', () => {
    const on = elementOf(field({ kind: 'toggle' }, { hint: 'Viewers can go back.', value: true }));
    expect(on).toMatchObject({
      options: [{ text: { text: 'Viewers can go back.' } }],
      initial_options: [{ value: 'on' }],
    });
    expect(elementOf(field({ kind: 'toggle' }, { value: 'off' }))).not.toHaveProperty('initial_options');
  });

  it('says a long hint of a switch below it, where it has room', () => {
    const [block] = draw(formOf([field({ kind: 'toggle' }, { hint: 'x'.repeat(100) })]));
    expect(block).toMatchObject({ hint: { text: 'x'.repeat(100) }, element: { options: [{ text: { text: 'On' } }] } });
  });

  it('chooses the option that is given by value or by label', () => {
    const one = (value: string) =>
      elementOf(field({ kind: 'choice', choices: recording }, { choices: recording, value }));
    expect(one('off')).toMatchObject({ type: 'static_select', initial_option: { value: 'off' } });
    expect(one('none')).toMatchObject({ initial_option: { value: 'off' } });
  });

  it('keeps the chosen one among the hundred that Slack takes', () => {
    const choices = Array.from({ length: 150 }, (_, index) => ({ value: String(index), label: `Profile ${index}` }));
    const element = elementOf(field({ kind: 'listed' }, { choices, value: '149' }));
    expect(element).toMatchObject({ initial_option: { value: '149' } });
    expect(element?.type === 'static_select' && element.options).toHaveLength(100);
  });

  it('searches zones and webcasts, and shows what was given', () => {
    expect(elementOf(field({ kind: 'zone' }))).toMatchObject({
      type: 'external_select',
      placeholder: { text: 'Your own' },
    });
    expect(elementOf(field({ kind: 'webcast' }, { value: '1_abcdefgh' }))).toMatchObject({
      min_query_length: 0,
      initial_option: { value: '1_abcdefgh' },
    });
  });

  it('is one that Slack takes, whatever stands in it', () => {
    const controls: Control[] = [
      { kind: 'line', max: 60 },
      { kind: 'paragraph', max: 5000 },
      { kind: 'number', min: 1, max: 1440, unit: 'minutes' },
      { kind: 'when' },
      { kind: 'zone' },
      { kind: 'toggle' },
      { kind: 'choice', choices: recording },
      { kind: 'listed' },
      { kind: 'webcast' },
    ];
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.constantFrom('', '<!channel>', '&amp;', '@1900000000', '60', '-1', 'x'.repeat(4000), '😀'.repeat(2000)),
    );
    const choices = fc.array(fc.record({ value: words, label: words, hint: words }), { maxLength: 5 });
    const fields = fc.tuple(
      ...controls.map((control, index) =>
        fc
          .record({ label: words, hint: words, value: fc.oneof(words, fc.boolean()), choices, required: fc.boolean() })
          .map((drawn) => field(control, { ...drawn, name: `field${index}` })),
      ),
    );
    fc.assert(
      fc.property(fields, words, words, (all, title, note) => {
        draw(formOf(all, { title, submit: title, note, groups: [{ title, fields: all }] }));
      }),
      { numRuns: 100 },
    );
  });

  it('has a skeleton and a notice that Slack takes', () => {
    const form = formOf([], { title: 'A title that is longer than twenty-four characters' });
    expect(findViewIssues(drawSkeleton(form, '{}'), ['modal'])).toEqual([]);
    expect(findViewIssues(drawNotice(form.title, 'Words & more'), ['modal'])).toEqual([]);
  });
});

describe("a form's private metadata", () => {
  const inbound: Inbound = {
    place: { tenant: 'T1', channel: 'C1', direct: false },
    person: { id: 'U1', zone: undefined },
    deliveryId: '1',
    wayBack: 'https://hooks.slack.com/commands/x',
    said: { kind: 'line', line: 'create' },
  };

  it('carries the command, the opening, the place, the way back and what the form carries', () => {
    const facts = { command: 'create', key: 'key-1', channel: 'C1', wayBack: 'https://hooks.slack.com/commands/x' };
    expect(readMetadata(writeMetadata(formOf([]), inbound))).toEqual({ ...facts, carried: {} });
    const carried = { opened: 'name=x' };
    expect(readMetadata(writeMetadata(formOf([], { carried }), inbound))).toEqual({ ...facts, carried });
  });

  it('gives up the way back rather than grow too long', () => {
    const written = writeMetadata(formOf([]), { ...inbound, wayBack: 'x'.repeat(3000) });
    expect(written.length).toBeLessThan(3000);
    expect(readMetadata(written)?.channel).toBe('C1');
  });

  it.each(['', '{', 'null', '{"c":"create"}', '{"c":1,"k":"k","ch":"C1"}'])('is refused when it is %j', (text) => {
    expect(readMetadata(text)).toBeUndefined();
  });
});

describe('a submitted form', () => {
  it('gives nothing for what was left empty', () => {
    const state = {
      name: { a: { type: 'plain_text_input', value: null } },
      start: { a: { type: 'datetimepicker', selected_date_time: null } },
      zone: { a: { type: 'external_select', selected_option: null } },
      dvr: { a: { type: 'checkboxes', selected_options: [] } },
    };
    expect(readValues(state)).toEqual({ name: undefined, start: undefined, zone: undefined, dvr: false });
  });

  it('is no form of ours when it holds an input that none of ours has', () => {
    expect(() => readValues({ file: { a: { type: 'file_input' } } })).toThrow('file_input');
  });

  it('gets the issues of one field in one sentence after the other', () => {
    const issues = [
      { field: 'name', message: 'Too long.' },
      { field: 'name', message: 'Not nice.' },
    ];
    expect(placeIssues(issues, ['name'], formOf([]))).toEqual({ name: 'Too long. Not nice.' });
    expect(placeIssues(issues, [], formOf([]))).toBeUndefined();
  });
});
