import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/core/secret.js';
import { createLog } from '../../src/log.js';

const ks = 'djJ8MTExfGMAtWpdbpvG2_r7nWC9LFdKKtohxFLddVrHOIJ0GeJKrFhoVVPYsXCcqz5bkHERMTw=';

function logged(facts: object, message: string): string {
  let line = '';
  createLog('trace', (text) => {
    line += text;
  }).info(facts, message);
  return line;
}

describe('a log line', () => {
  it.each([
    ['a session under its own name', { ks }],
    ['a session deep inside an object', { a: { b: [{ c: { ks } }] } }],
    ['a session inside an address', { url: `https://www.kaltura.com/p/1/ks/${ks}/x` }],
    ['a session in a query', { url: `https://h/api_v3?format=1&ks=${ks}&x=1` }],
    ['a session inside the message of an error', { err: new Error(`Invalid KS "${ks}"`) }],
    ['a Slack token', { headers: { Authorization: 'Bearer xoxb-1234-5678-abcdef' } }],
    ['a response address', { response_url: 'https://hooks.slack.com/commands/T0/1/abcdef' }],
    ['a Slack webhook inside a text', { text: 'see https://hooks.slack.com/commands/T0/1/abcdef' }],
    ['an admin secret', { config: { adminSecret: 'abcdef0123456789' } }],
    ['a stream address', { rtmp: 'rtmp://x.p.kpublish:1935/kLive?p=111&e=0_a&i=0&t=8b14d4cc' }],
    ['a stream password', { streamPassword: '8b14d4cc' }],
    ['a secret object', { value: new Secret('abcdef0123456789') }],
  ])('never holds %s', (_, facts) => {
    const line = logged(facts, 'said');
    expect(line).toContain('said');
    expect(line).not.toMatch(/djJ8MTEx|xoxb-1234|T0\/1\/abcdef|abcdef0123456789|8b14d4cc/);
  });

  it('never holds a secret in its message either', () => {
    expect(logged({}, `token=${ks}`)).not.toContain('djJ8');
  });

  it('stays one line of JSON and keeps what is harmless', () => {
    const line = logged({ command: 'golive', entry: '1_ab12cd34', token: 'abcdef"quoted' }, 'done');
    expect(JSON.parse(line)).toMatchObject({ command: 'golive', entry: '1_ab12cd34', token: '[secret]', msg: 'done' });
  });
});
