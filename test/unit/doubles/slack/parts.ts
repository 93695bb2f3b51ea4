import type { JsonObject } from '../../../doubles/json.js';

/** Short ways to write blocks that are fine by themselves. */
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const option = (value: string) => ({ text: plain(value), value });
export const section = { type: 'section', text: mrkdwn('hi') };
export const button = (extra: JsonObject = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...extra });
export const actions = (...elements: JsonObject[]) => ({ type: 'actions', elements });
export const input = (element: JsonObject, extra: JsonObject = {}) => ({
  type: 'input',
  label: plain('Name'),
  element,
  ...extra,
});
export const select = (extra: JsonObject = {}) => ({
  type: 'static_select',
  action_id: 'a',
  options: [option('x')],
  ...extra,
});
export const rich = (...elements: JsonObject[]) => ({ type: 'rich_text', elements });
export const cells = (...texts: string[]) => texts.map((text) => ({ type: 'raw_text', text }));
export const video = {
  type: 'video',
  video_url: 'https://video.example.com/e/1',
  thumbnail_url: 'https://video.example.com/t.png',
  alt_text: 'All hands',
  title: plain('All hands'),
};
export const times = (count: number, value: JsonObject) => Array.from({ length: count }, () => value);
export const long = (length: number) => 'x'.repeat(length);
