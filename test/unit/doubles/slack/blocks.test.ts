import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../doubles/json.js';
import { describeIssues, findBlockIssues } from '../../../doubles/slack/blocks/index.js';
import {
  actions,
  button,
  cells,
  input,
  long,
  mrkdwn,
  option,
  plain,
  rich,
  section,
  select,
  times,
  video,
} from './parts.js';

const GOOD: [string, JsonObject[]][] = [
  ['sections', [section, { type: 'section', fields: [mrkdwn('a'), plain('b')] }]],
  [
    'a section with each accessory',
    [
      { ...section, accessory: button() },
      { ...section, accessory: { type: 'overflow', options: [{ ...option('x'), url: 'https://example.com' }] } },
      { ...section, accessory: { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' } },
      { ...section, accessory: { type: 'multi_users_select', placeholder: plain('Who') } },
      { ...section, accessory: { type: 'timepicker', timezone: 'Europe/Paris', initial_time: '09:30' } },
    ],
  ],
  ['actions', [actions(button(), button({ action_id: 'b', style: 'danger', url: 'https://example.com', value: 'v' }))]],
  [
    'a confirmation',
    [
      actions(
        button({ confirm: { title: plain('Sure?'), text: mrkdwn('*Yes*'), confirm: plain('Y'), deny: plain('N') } }),
      ),
    ],
  ],
  [
    'selects',
    [
      actions(select({ initial_option: option('x') })),
      actions({ type: 'static_select', option_groups: [{ label: plain('g'), options: [option('x')] }] }),
      actions({ type: 'external_select', min_query_length: 0, placeholder: plain('Find') }),
      actions({ type: 'conversations_select', filter: { include: ['public'] } }),
    ],
  ],
  [
    'inputs in a message',
    [input({ type: 'plain_text_input', multiline: true, max_length: 3000 }, { hint: plain('h'), optional: true })],
  ],
  [
    'numbers',
    [
      input({
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '1440',
        initial_value: '60',
      }),
    ],
  ],
  [
    'pickers',
    [
      actions(
        { type: 'datetimepicker', initial_date_time: 1_800_000_000 },
        { type: 'datepicker', initial_date: '2027-02-28' },
      ),
    ],
  ],
  [
    'choices',
    [actions({ type: 'checkboxes', options: [{ text: mrkdwn('*x*'), value: 'x', description: mrkdwn('d') }] })],
  ],
  [
    'context, header, divider, image',
    [
      {
        type: 'context',
        elements: [mrkdwn('a'), { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' }],
      },
      { type: 'header', text: plain('Title'), level: 2 },
      { type: 'divider' },
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'x', title: plain('t') },
    ],
  ],
  [
    'rich text',
    [
      rich(
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'a', style: { bold: true } },
            { type: 'emoji', name: 'tada' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 1,
          elements: [{ type: 'rich_text_section', elements: [] }],
        },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
      ),
    ],
  ],
  [
    'a table and a data table',
    [
      { type: 'table', rows: [cells('a', 'b'), cells('1', '2')], column_settings: [{ align: 'right' }] },
      { type: 'data_table', caption: 'Viewers', rows: [cells('Name'), [{ type: 'raw_number', value: 1, text: '1' }]] },
    ],
  ],
  ['markdown and video', [{ type: 'markdown', text: '**hi**' }, video]],
  ['a container', [{ type: 'container', title: plain('Box'), child_blocks: [section], is_collapsible: true }]],
  ['fifty blocks', times(50, { type: 'divider' })],
  ['texts at their limits in code points', [{ type: 'header', text: plain('😀'.repeat(150)) }]],
];

const BROKEN: [string, JsonObject[], string][] = [
  ['an unknown block', [{ type: 'banner' }], 'unsupported type: banner [json-pointer:/blocks/0/type]'],
  ['a block without type', [{}], 'missing required field: type [json-pointer:/blocks/0/type]'],
  [
    'a misspelt field',
    [{ ...section, colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0/colour]',
  ],
  ['an empty section', [{ type: 'section' }], 'must provide text or fields [json-pointer:/blocks/0]'],
  ['an empty text', [{ type: 'section', text: mrkdwn('') }], 'must be more than 0 characters'],
  [
    'a long text',
    [{ type: 'section', text: mrkdwn(long(3001)) }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['eleven fields', [{ type: 'section', fields: times(11, mrkdwn('a')) }], 'no more than 10 items allowed'],
  ['a long field', [{ type: 'section', fields: [mrkdwn(long(2001))] }], '/blocks/0/fields/0/text'],
  ['mrkdwn in a header', [{ type: 'header', text: mrkdwn('x') }], 'must be one of the allowed values'],
  ['a long header', [{ type: 'header', text: plain(long(151)) }], 'must be less than 151 characters'],
  [
    'text of no type',
    [{ type: 'section', text: { type: 'text', text: 'x' } }],
    'unsupported type: text [json-pointer:/blocks/0/text/type]',
  ],
  ['fifty-one blocks', times(51, { type: 'divider' }), 'no more than 50 items allowed [json-pointer:/blocks]'],
  [
    'a duplicate block_id',
    times(2, { ...section, block_id: 'a' }),
    'duplicate block_id: a [json-pointer:/blocks/1/block_id]',
  ],
  ['a duplicate action_id', [actions(button(), button())], 'duplicate action_id: a [json-pointer:/blocks/0]'],
  ['a long block_id', [{ ...section, block_id: long(256) }], 'must be less than 256 characters'],
  ['mrkdwn on a button', [actions(button({ text: mrkdwn('x') }))], '/blocks/0/elements/0/text/type'],
  ['a long button', [actions(button({ text: plain(long(76)) }))], 'must be less than 76 characters'],
  ['a long value', [actions(button({ value: long(2001) }))], 'must be less than 2001 characters'],
  ['a number as value', [actions(button({ value: 7 }))], 'must provide a string'],
  ['a wrong style', [actions(button({ style: 'default' }))], 'must be one of the allowed values'],
  ['a link that is none', [actions(button({ url: 'example.com' }))], 'must be a valid URL'],
  [
    'a confirmation without text',
    [actions(button({ confirm: { title: plain('x') } }))],
    'missing required field: text',
  ],
  [
    'a long confirmation',
    [actions(button({ confirm: { text: plain(long(301)) } }))],
    'must be less than 301 characters',
  ],
  [
    'a long confirm word',
    [actions(button({ confirm: { text: plain('x'), confirm: plain(long(31)) } }))],
    'must be less than 31',
  ],
  ['no elements', [actions()], 'no fewer than 1 items allowed'],
  [
    'too many elements',
    [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))],
    'no more than 25',
  ],
  ['an input among actions', [actions({ type: 'plain_text_input' })], 'unsupported type: plain_text_input'],
  [
    'a datetimepicker as accessory',
    [{ ...section, accessory: { type: 'datetimepicker' } }],
    'unsupported type: datetimepicker',
  ],
  ['a button as input', [input(button())], 'unsupported type: button'],
  [
    'an input without label',
    [{ type: 'input', element: { type: 'plain_text_input' } }],
    'missing required field: label',
  ],
  [
    'a number without is_decimal_allowed',
    [input({ type: 'number_input' })],
    'missing required field: is_decimal_allowed',
  ],
  [
    'a bound that is no text',
    [input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })],
    'must provide a string',
  ],
  [
    'an initial number out of bounds',
    [input({ type: 'number_input', is_decimal_allowed: false, min_value: '5', initial_value: '4' })],
    'must be within',
  ],
  [
    'a decimal where none is allowed',
    [input({ type: 'number_input', is_decimal_allowed: false, initial_value: '1.5' })],
    'must be a number as text',
  ],
  [
    'min above max',
    [input({ type: 'plain_text_input', min_length: 9, max_length: 3 })],
    'must not be greater than max_length',
  ],
  [
    'a long initial text',
    [input({ type: 'plain_text_input', max_length: 3, initial_value: 'long' })],
    'must not exceed max_length',
  ],
  ['a max_length above 3000', [input({ type: 'plain_text_input', max_length: 4000 })], 'must be between 1 and 3000'],
  [
    'milliseconds in a datetimepicker',
    [actions({ type: 'datetimepicker', initial_date_time: 1_800_000_000_000 })],
    'must be between',
  ],
  [
    'a placeholder on a datetimepicker',
    [actions({ type: 'datetimepicker', placeholder: plain('x') })],
    'invalid additional property: placeholder',
  ],
  ['a date that is none', [actions({ type: 'datepicker', initial_date: '2027-13-01' })], 'must be a real date'],
  ['a time that is none', [actions({ type: 'timepicker', initial_time: '24:00' })], 'must be a time'],
  ['a zone that is none', [actions({ type: 'timepicker', timezone: 'Mars/Base' })], 'must be an IANA time zone'],
  [
    'an option value over 150',
    [actions(select({ options: [{ text: plain('x'), value: long(151) }] }))],
    'must be less than 151',
  ],
  [
    'an option label over 75',
    [actions(select({ options: [{ text: plain(long(76)), value: 'x' }] }))],
    'must be less than 76',
  ],
  [
    'mrkdwn in a select',
    [actions(select({ options: [{ text: mrkdwn('x'), value: 'x' }] }))],
    'must be one of the allowed values',
  ],
  ['no options', [actions(select({ options: [] }))], 'no fewer than 1 items allowed'],
  [
    '101 options',
    [actions(select({ options: Array.from({ length: 101 }, (_, index) => option(`${index}`)) }))],
    'no more than 100',
  ],
  [
    'options and groups',
    [actions(select({ option_groups: [] }))],
    'must provide exactly one of: options, option_groups',
  ],
  ['the same value twice', [actions(select({ options: [option('x'), option('x')] }))], 'duplicate option value: x'],
  [
    'an initial option that is not offered',
    [actions(select({ initial_option: option('y') }))],
    'must match one of the options exactly',
  ],
  [
    'an initial option with another label',
    [actions(select({ initial_option: { text: plain('X'), value: 'x' } }))],
    'must match one of the options',
  ],
  [
    'eleven checkboxes',
    [actions({ type: 'checkboxes', options: Array.from({ length: 11 }, (_, index) => option(`${index}`)) })],
    'no more than 10',
  ],
  [
    'six overflow options',
    [actions({ type: 'overflow', options: Array.from({ length: 6 }, (_, index) => option(`${index}`)) })],
    'no more than 5',
  ],
  [
    'a url on a select option',
    [actions(select({ options: [{ ...option('x'), url: 'https://example.com' }] }))],
    'only available in overflow',
  ],
  ['a long placeholder', [actions(select({ placeholder: plain(long(151)) }))], 'must be less than 151'],
  ['an empty filter', [actions({ type: 'conversations_select', filter: {} })], 'at least one filter'],
  [
    'an image without alt_text',
    [{ type: 'image', image_url: 'https://example.com/x.png' }],
    'missing required field: alt_text',
  ],
  ['an image without source', [{ type: 'image', alt_text: 'x' }], 'exactly one of: image_url, slack_file'],
  ['eleven context elements', [{ type: 'context', elements: times(11, mrkdwn('x')) }], 'no more than 10'],
  ['a button in a context', [{ type: 'context', elements: [button()] }], 'unsupported type: button'],
  ['rich text of nothing', [rich()], 'no fewer than 1 items allowed'],
  [
    'a rich text list of text',
    [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'x' }] })],
    '/blocks/0/elements/0/elements/0/type',
  ],
  ['two tables', times(2, { type: 'table', rows: [cells('a')] }), 'only one table block is allowed'],
  ['a table of 101 rows', [{ type: 'table', rows: Array.from({ length: 101 }, () => cells('a')) }], 'no more than 100'],
  ['a table of 21 columns', [{ type: 'table', rows: [cells(...'abcdefghijklmnopqrstu')] }], 'no more than 20'],
  [
    'a data table without caption',
    [{ type: 'data_table', rows: [cells('a'), cells('b')] }],
    'missing required field: caption',
  ],
  [
    'a ragged data table',
    [{ type: 'data_table', caption: 'c', rows: [cells('a'), cells('b', 'c')] }],
    'as many cells as the first row',
  ],
  ['too much markdown', times(2, { type: 'markdown', text: long(7000) }), 'less than 12001 characters in total'],
  ['a video by http', [{ ...video, video_url: 'http://video.example.com/e/1' }], 'must be an https URL'],
  ['an alert in a message', [{ type: 'alert', text: plain('x') }], 'unsupported type: alert'],
  ['a file input in a message', [input({ type: 'file_input' })], 'unsupported type: file_input'],
  [
    'two focused elements',
    [
      input({ type: 'plain_text_input', focus_on_load: true }),
      input({ type: 'plain_text_input', focus_on_load: true }),
    ],
    'only one element may have focus_on_load',
  ],
  ['true as text', [{ ...section, expand: 'true' }], 'must provide a boolean'],
];

describe('message blocks', () => {
  it.each(GOOD)('accepts %s', (_what, blocks) => {
    expect(findBlockIssues(blocks)).toEqual([]);
  });

  it.each(BROKEN)('refuses %s', (_what, blocks, words) => {
    expect(describeIssues(findBlockIssues(blocks)).join('\n')).toContain(words);
  });

  it('reports one broken thing once', () => {
    expect(findBlockIssues([{ type: 'header', text: plain(long(151)) }])).toEqual([
      {
        pointer: '/blocks/0/text/text',
        code: 'failed_constraint',
        message: 'must be less than 151 characters',
        constraint: { type: 'max_length', expected: 150, got: 151 },
        field: 'text',
      },
    ]);
  });
});
