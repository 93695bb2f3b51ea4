import { describe, expect, it } from '@jest/globals';
import { findCardIssues } from '../../../doubles/teams/cards/index.js';

const text = { type: 'TextBlock', text: 'Town hall' };
const card = (body: unknown[], more: Record<string, unknown> = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...more,
});
const issuesOf = (value: unknown, place: 'message' | 'dialog' = 'message') => findCardIssues(value, { place }).issues;
const inElement = (element: Record<string, unknown>) => issuesOf(card([element]));
const inAction = (action: Record<string, unknown>) => issuesOf(card([text], { actions: [action] }));

const choices = [
  { title: 'One', value: '1' },
  { title: 'Two', value: '2' },
];
const column = { type: 'Column', width: 'auto', items: [text] };
const cell = { type: 'TableCell', items: [text] };
const line = { legend: 'Viewers', values: [{ x: '10:00', y: 3 }] };
const drop = { fallback: 'drop' };

describe('what Teams shows', () => {
  it.each<[string, Record<string, unknown>]>([
    ['text', { ...text, wrap: true, size: 'Large', weight: 'bolder', color: 'attention', style: 'heading' }],
    ['a link to the web in a text', { type: 'TextBlock', text: 'See [this](https://example.com)' }],
    ['an escaped link', { type: 'TextBlock', text: '\\[x\\](javascript:1)' }],
    ['rich text', { type: 'RichTextBlock', inlines: ['plain', { type: 'TextRun', text: 'bold', weight: 'bolder' }] }],
    ['facts', { type: 'FactSet', facts: [{ title: 'Phase', value: '' }] }],
    ['columns', { type: 'ColumnSet', columns: [column, { width: 2, items: [] }] }],
    ['a container', { type: 'Container', style: 'emphasis', items: [text], bleed: true, minHeight: '20px' }],
    ['a table', { type: 'Table', columns: [{ width: 1 }], rows: [{ type: 'TableRow', cells: [cell] }] }],
    ['a picture', { type: 'Image', url: 'https://example.com/a.png', altText: 'A', size: 'small' }],
    ['a picture as data', { type: 'Image', url: 'data:image/png;base64,AAAA' }],
    ['choices', { type: 'Input.ChoiceSet', id: 'c', choices, value: '1', style: 'expanded' }],
    ['several choices', { type: 'Input.ChoiceSet', id: 'c', choices, isMultiSelect: true, value: '1,2' }],
    [
      'choices to look up',
      {
        type: 'Input.ChoiceSet',
        id: 'c',
        choices: [],
        style: 'filtered',
        'choices.data': { type: 'Data.Query', dataset: 'webcasts' },
      },
    ],
    ['a date', { type: 'Input.Date', id: 'd', min: '2026-01-01', value: '2026-12-01' }],
    ['a switch', { type: 'Input.Toggle', id: 't', title: 'Record', value: 'yes', valueOn: 'yes', valueOff: 'no' }],
    ['a chart with a fallback', { type: 'Chart.Line', data: [line], fallback: text }],
    ['a donut', { type: 'Chart.Donut', data: [{ legend: 'a', value: 1, color: 'good' }], ...drop }],
    ['grouped bars', { type: 'Chart.VerticalBar.Grouped', data: [line], ...drop }],
    ['a gauge', { type: 'Chart.Gauge', value: 1, max: 2, segments: [{ legend: 'a', size: 2 }], ...drop }],
    ['code', { type: 'CodeBlock', codeSnippet: '<iframe>', language: 'Html', fallback: text }],
  ])('%s', (_what, element) => {
    expect(inElement(element)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a link', { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com/a?b=c' }],
    ['a verb', { type: 'Action.Execute', title: 'Go', verb: 'golive', data: { v: 1 }, associatedInputs: 'none' }],
    ['a dialog', { type: 'Action.Submit', title: 'Form', data: { msteams: { type: 'task/fetch' }, form: 'create' } }],
    ['a card that unfolds', { type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [text] } }],
  ])('a button with %s', (_what, action) => {
    expect(inAction(action)).toEqual([]);
  });

  it('mentions, full width and a refresh', () => {
    const mention = { type: 'mention', text: '<at>Alex</at>', mentioned: { id: '29:1', name: 'Alex' } };
    const refresh = { action: { type: 'Action.Execute', verb: 'refresh' }, userIds: ['29:1'] };
    const shown = card([{ type: 'TextBlock', text: 'By <at>Alex</at>' }], {
      msteams: { width: 'Full', entities: [mention] },
      refresh,
    });
    expect(findCardIssues(shown, { place: 'message', people: new Set(['29:1']) })).toEqual({ issues: [], advice: [] });
  });
});

describe('what Teams refuses or shows broken', () => {
  it.each<[string, unknown, RegExp]>([
    ['another version', { ...card([text]), version: '1.6' }, /version: must be 1.5/],
    ['no version', { type: 'AdaptiveCard', body: [text] }, /version is missing/],
    ['an empty card', card([]), /the card is empty/],
    ['no card', 'card', /must be an object/],
    ['an unknown field', card([text], { title: 'x' }), /unknown property title/],
    [
      'more buttons than shown',
      card([text], {
        actions: Array.from({ length: 7 }, (_, index) => ({ type: 'Action.Execute', title: 'x', verb: `v${index}` })),
      }),
      /shows 7 buttons/,
    ],
    [
      'two inputs of one id',
      card([
        { type: 'Input.Text', id: 'a' },
        { type: 'Input.Date', id: 'a' },
      ]),
      /id a is used twice/,
    ],
    [
      'an id used again in a card that unfolds',
      card([{ type: 'Input.Text', id: 'a' }], {
        actions: [{ type: 'Action.ShowCard', title: 'x', card: card([{ type: 'Input.Text', id: 'a' }]) }],
      }),
      /id a is used twice/,
    ],
    ['a refresh that submits', card([text], { refresh: { action: { type: 'Action.Submit' } } }), /Action.Execute only/],
    [
      'a refresh for too many',
      card([text], {
        refresh: { action: { type: 'Action.Execute', verb: 'r' }, userIds: Array.from({ length: 61 }, String) },
      }),
      /60 people/,
    ],
  ])('%s', (_what, value, issue) => {
    expect(issuesOf(value)).toContainEqual(expect.stringMatching(issue));
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a text without text', { type: 'TextBlock' }, /body\/0: text is missing/],
    ['an unknown element', { type: 'Button', text: 'x' }, /type Button is not allowed/],
    ['a field of another element', { ...text, placeholder: 'x' }, /unknown property placeholder/],
    ['an unknown colour', { ...text, color: 'red' }, /color: must be one of/],
    ['a script in a link', { type: 'TextBlock', text: '[x](javascript:alert(1))' }, /does not lead to the web/],
    ['a picture over http', { type: 'Image', url: 'http://example.com/a.png' }, /must be an https address/],
    ['an input without an id', { type: 'Input.Text', label: 'x' }, /id is missing/],
    ['a switch without words', { type: 'Input.Toggle', id: 't' }, /title is missing/],
    ['a number as text', { type: 'Input.Number', id: 'n', value: '5' }, /value: must be a number/],
    ['a date of another form', { type: 'Input.Date', id: 'd', value: '01.12.2026' }, /must be a date/],
    ['a time with seconds', { type: 'Input.Time', id: 't', value: '10:30:00' }, /must be a time/],
    ['no choices', { type: 'Input.ChoiceSet', id: 'c', choices: [] }, /offers no choices/],
    ['a choice twice', { type: 'Input.ChoiceSet', id: 'c', choices: [choices[0], choices[0]] }, /a value twice/],
    ['a start that is not offered', { type: 'Input.ChoiceSet', id: 'c', choices, value: '3' }, /does not offer/],
    ['a broken pattern', { type: 'Input.Text', id: 'a', regex: '(' }, /no regular expression/],
    ['a chart without a fallback', { type: 'Chart.Line', data: [line] }, /needs a fallback/],
    [
      'a chart with text for numbers',
      { type: 'Chart.Pie', data: [{ legend: 'a', value: '1' }], ...drop },
      /must be a number/,
    ],
    ['a broken fallback', { type: 'Chart.Line', data: [line], fallback: { type: 'Nothing' } }, /type Nothing/],
    [
      'a broken element deep inside',
      { type: 'ColumnSet', columns: [{ items: [{ type: 'TextBlock' }] }] },
      /columns\/0\/items\/0: text/,
    ],
  ])('%s', (_what, element, issue) => {
    expect(inElement(element)).toContainEqual(expect.stringMatching(issue));
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a link over http', { type: 'Action.OpenUrl', title: 'x', url: 'http://example.com' }, /https address/],
    [
      'a link with credentials',
      { type: 'Action.OpenUrl', title: 'x', url: 'https://a:b@example.com' },
      /https address/,
    ],
    ['a link that runs', { type: 'Action.OpenUrl', title: 'x', url: 'javascript:alert(1)' }, /https address/],
    ['no verb', { type: 'Action.Execute', title: 'x' }, /verb is missing/],
    ['no title', { type: 'Action.Submit', data: {} }, /needs a title/],
    [
      'an unknown Teams action',
      { type: 'Action.Submit', title: 'x', data: { msteams: { type: 'dialog' } } },
      /not known to Teams/,
    ],
    [
      'Teams data on Action.Execute',
      { type: 'Action.Execute', title: 'x', verb: 'v', data: { msteams: {} } },
      /Action.Submit only/,
    ],
    [
      'a target that does not exist',
      { type: 'Action.ToggleVisibility', title: 'x', targetElements: ['a'] },
      /does not exist/,
    ],
    [
      'a broken card that unfolds',
      { type: 'Action.ShowCard', title: 'x', card: { type: 'AdaptiveCard', body: [{}] } },
      /card\/body\/0/,
    ],
  ])('a button with %s', (_what, action, issue) => {
    expect(inAction(action)).toContainEqual(expect.stringMatching(issue));
  });

  it('Action.Execute in a dialog', () => {
    const value = card([text], { actions: [{ type: 'Action.Execute', title: 'x', verb: 'v' }] });
    expect(issuesOf(value, 'dialog')).toEqual([expect.stringContaining('does not work in a dialog')]);
  });

  it.each([
    ['without an entity', 'By <at>Alex</at>', [], /stands for nobody/],
    ['of a stranger', 'By <at>Alex</at>', ['29:9'], /not in the conversation/],
    ['that is not closed', 'By <at>Alex', [], /not closed/],
    ['that the text lacks', 'By Alex', ['29:1'], /does not stand in the text/],
  ])('a mention %s', (_what, words, ids, issue) => {
    const entities = ids.map((id) => ({ type: 'mention', text: '<at>Alex</at>', mentioned: { id, name: 'Alex' } }));
    const shown = card([{ type: 'TextBlock', text: words }], { msteams: { entities } });
    const { issues } = findCardIssues(shown, { place: 'message', people: new Set(['29:1']) });
    expect(issues).toEqual([expect.stringMatching(issue)]);
  });
});

it('advises to label fields and to explain what they ask for', () => {
  const { advice } = findCardIssues(card([{ type: 'Input.Text', id: 'a', isRequired: true }]), { place: 'message' });
  expect(advice).toEqual(['input a has no label', 'input a has no errorMessage']);
});
