import { describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import { createPolicy, type Grant, readGrant } from '../../../src/core/policy.js';
import type { Platform } from '../../../src/core/ports.js';

const place = { tenant: 'T1', channel: 'C1', direct: false };
const ann = { id: 'U1', zone: undefined };
const notUsed = () => Promise.reject(new BotError('bug', 'not used here', ''));

function slackWith(facts: { email?: string; groups?: string[] }): Platform {
  return {
    name: 'slack',
    start: notUsed,
    stop: notUsed,
    post: notUsed,
    update: notUsed,
    whisper: notUsed,
    tell: notUsed,
    profile: async () => ({ name: 'Ann', email: facts.email, zone: undefined }),
    groupsOf: async (_tenant, _person, asked) => asked.filter((group) => facts.groups?.includes(group)),
  };
}
const grants = (...names: string[]) =>
  names.map((name) => readGrant(name)).filter((one): one is Grant => one !== undefined);
const roleWith = (lists: { admins?: string[]; producers?: string[] }, platform = slackWith({})) =>
  createPolicy({ admins: grants(...(lists.admins ?? [])), producers: grants(...(lists.producers ?? [])) }).roleOf(
    platform,
    place,
    ann,
  );

describe('who may do what', () => {
  it('makes every member a producer while no producer is named', async () => {
    expect(await roleWith({})).toBe('producer');
    expect(await roleWith({ admins: ['slack:U9'] })).toBe('producer');
  });

  it('lets a guest look only, whatever the lists say', async () => {
    const { roleOf } = createPolicy({ admins: grants('slack:U1'), producers: [] });
    expect(await roleOf(slackWith({}), place, { ...ann, guest: true })).toBe('viewer');
  });

  it('makes others viewers once producers are named', async () => {
    expect(await roleWith({ producers: ['slack:U9'] })).toBe('viewer');
  });

  it('knows a person by id, by e-mail in any case and by user group', async () => {
    expect(await roleWith({ producers: ['slack:U1'] })).toBe('producer');
    expect(await roleWith({ admins: ['Ann@Example.com'] }, slackWith({ email: 'ann@example.COM' }))).toBe('admin');
    expect(await roleWith({ producers: ['slack:S-ABC1'] }, slackWith({ groups: ['SABC1'] }))).toBe('producer');
  });

  it("does not take another platform's id for this one's", async () => {
    expect(await roleWith({ producers: ['teams:U1'] })).toBe('viewer');
  });

  it('says who can', () => {
    const policy = createPolicy({ admins: grants('boss@example.com'), producers: grants('slack:U9') });
    expect(policy.whoCan('producer')).toBe('These can: slack:U9, boss@example.com.');
  });

  it('reads no name that is neither an id nor an e-mail', () => {
    expect(['ann', 'discord:1', '@', 'slack:'].map(readGrant)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
