import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../doubles/json.js';
import { describeIssues, findViewIssues } from '../../../doubles/slack/blocks/index.js';
import { actions, button, cells, input, long, mrkdwn, plain, section, times } from './parts.js';

describe('views', () => {
  const modal = (extra: JsonObject = {}) => ({ type: 'modal', title: plain('Title'), blocks: [section], ...extra });
  const issues = (view: JsonObject) => describeIssues(findViewIssues(view, ['modal', 'home'])).join('\n');

  it.each([
    ['a plain modal', modal()],
    ['a hundred blocks', modal({ blocks: times(100, { type: 'divider' }) })],
    [
      'a form with a file',
      modal({ submit: plain('Send'), blocks: [input({ type: 'file_input', filetypes: ['pdf'], max_files: 1 })] }),
    ],
    ['an alert', modal({ blocks: [{ type: 'alert', level: 'warning', text: mrkdwn('x') }] })],
    [
      'a response_url',
      modal({ submit: plain('Send'), blocks: [input({ type: 'channels_select', response_url_enabled: true })] }),
    ],
    ['a home tab', { type: 'home', blocks: [section, actions(button())], private_metadata: '{}' }],
  ])('accepts %s', (_what, view) => {
    expect(issues(view)).toBe('');
  });

  it.each([
    [
      'a long title',
      modal({ title: plain(long(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view/title]'],
    ['a mrkdwn title', modal({ title: mrkdwn('x') }), '/view/title/type'],
    ['a form without submit', modal({ blocks: [input({ type: 'plain_text_input' })] }), 'submit is required'],
    ['a long submit', modal({ submit: plain(long(25)) }), '/view/submit/text'],
    ['long metadata', modal({ private_metadata: long(3001) }), 'must be less than 3001 characters'],
    ['101 blocks', modal({ blocks: times(101, { type: 'divider' }) }), 'no more than 100 items allowed'],
    [
      'markdown',
      modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    ['a table', modal({ blocks: [{ type: 'table', rows: [cells('a')] }] }), 'unsupported type: table'],
    [
      'eleven files',
      modal({ submit: plain('x'), blocks: [input({ type: 'file_input', max_files: 11 })] }),
      'must be between 1 and 10',
    ],
    ['a title on a home tab', { type: 'home', title: plain('x'), blocks: [] }, 'invalid additional property: title'],
    ['a file on a home tab', { type: 'home', blocks: [input({ type: 'file_input' })] }, 'unsupported type: file_input'],
    ['a stored view sent back', modal({ id: 'V1', hash: '1.a' }), 'invalid additional property: id'],
    [
      'another type',
      { type: 'workflow_step', blocks: [] },
      'must be one of the allowed values [json-pointer:/view/type]',
    ],
  ])('refuses %s', (_what, view, words) => {
    expect(issues(view)).toContain(words);
  });
});
