import { z } from 'zod';
import type { Clock, Log, Platform, Profile } from '../../core/ports.js';
import type { Zone } from '../../core/webcast.js';
import type { Api } from './api.js';
import { slackCode } from './errors.js';
import { createMemory } from './memory.js';

const hour = 3_600_000;
const minutes = 5 * 60_000;
/** People and groups remembered at most. */
const most = 5000;

const words = z.string().optional();
const userAnswer = z.object({
  user: z.object({
    name: words,
    real_name: words,
    tz: z.string().nullish(),
    profile: z.object({ display_name: words, real_name: words, email: z.string().nullish() }).optional(),
  }),
});
const membersAnswer = z.object({ users: z.array(z.string()).optional().default([]) });

/** What Slack tells about people: users.info kept for an hour, members of user groups for five minutes. */
export function createPeople(api: Api, clock: Clock, log: Log): Pick<Platform, 'profile' | 'groupsOf'> {
  const profiles = createMemory<Profile>(clock, hour, most);
  const members = createMemory<ReadonlySet<string>>(clock, minutes, most);

  async function readProfile(tenant: string, person: string): Promise<Profile> {
    const asked = { method: 'users.info', repeatable: true, tenant, key: person };
    const { user } = userAnswer.parse(await api.send(asked, (client) => client.users.info({ user: person })));
    const { profile } = user;
    return {
      name: profile?.display_name || profile?.real_name || user.real_name || user.name || person,
      email: profile?.email ?? undefined,
      zone: user.tz ? (user.tz as Zone) : undefined,
    };
  }

  async function readMembers(tenant: string, group: string): Promise<ReadonlySet<string>> {
    const asked = { method: 'usergroups.users.list', repeatable: true, tenant, key: group };
    try {
      const answer = await api.send(asked, (client) => client.usergroups.users.list({ usergroup: group }));
      return new Set(membersAnswer.parse(answer).users);
    } catch (error) {
      if (slackCode(error) !== 'no_such_subteam') throw error;
      log.warn({ group }, 'A user group that is named in the settings does not exist in Slack');
      return new Set();
    }
  }

  return {
    profile: (tenant, person) => profiles.get(`${tenant}:${person}`, () => readProfile(tenant, person)),
    async groupsOf(tenant, person, groups) {
      const sets = await Promise.all(
        groups.map((group) => members.get(`${tenant}:${group}`, () => readMembers(tenant, group))),
      );
      return groups.filter((_, index) => sets[index]?.has(person));
    },
  };
}
