import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { line, toggle } from '../core/params.js';
import { readPeople, type Somebody, writePerson } from '../core/people.js';
import { say } from '../core/view.js';

interface Input {
  readonly somebody: Somebody;
  /** The Kaltura user; undefined where a link is to be removed. */
  readonly user: string | undefined;
}

const expected =
  'Say who and which Kaltura user: link-account, the person chosen by an @ while you type, and the id of the user.';

/** Ids of Kaltura users hold neither spaces nor commas, which would make two of one. */
const userId = /^[^\s,<>]{1,100}$/;

export const linkAccount = defineCommand({
  name: 'link-account',
  summary: 'Say which Kaltura user somebody is, where their e-mail address does not tell it.',
  examples: ['link-account @ann ann.smith', 'link-account me ann.smith', 'link-account @ann --remove'],
  role: 'viewer',
  who: 'admins; anybody else is told whom to ask',
  params: {
    link: line({
      label: 'Who and which user',
      hint: 'Somebody, chosen by an @ while you type, or me; then the id of their Kaltura user.',
      max: 300,
      people: true,
    }),
    remove: toggle({ label: 'Remove', hint: 'Forget the Kaltura user of this person.', default: false }),
  },
  settle({ link, remove }): Settled<Input> {
    const refused = (message: string): Settled<Input> => ({ kind: 'refused', issues: [{ field: 'link', message }] });
    const [word, ...more] = link.split(' ');
    // A Kaltura user alone is one's own.
    const own = more.length === 0 && word !== undefined && !/^(?:<@|@|me$)/i.test(word) && !remove;
    const { people, rest, unclear } = readPeople(own ? `me ${link}` : link);
    if (unclear.length > 0) return refused(`I cannot tell who ${unclear.join(', ')} is. ${expected}`);
    const [somebody, second, ...others] = people;
    const user = rest ?? (second?.kind === 'user' ? second.user : undefined);
    if (!somebody || somebody.kind === 'user' || others.length > 0 || (rest !== undefined && second)) {
      return refused(expected);
    }
    if (remove) {
      return user === undefined
        ? { kind: 'settled', input: { somebody, user: undefined } }
        : refused('Leave the Kaltura user out to remove a link.');
    }
    if (user === undefined || !userId.test(user)) return refused(expected);
    return { kind: 'settled', input: { somebody, user } };
  },
  async run({ somebody, user }, context): Promise<readonly Reply[]> {
    const { store, clock, platform, place, kaltura } = context;
    const person = somebody.kind === 'member' ? somebody.id : context.person.id;
    if (!(await context.holds('admin'))) throw notAdmin(person, user, context);
    const who = { platform, tenant: place.tenant, person };
    if (user === undefined) {
      await store.unlinkAccount(who);
      return [{ to: 'me', view: say('The link is removed', [{ person }, ' is known by e-mail address again.']) }];
    }
    const known = (await kaltura.crew.users([user])).get(user);
    if (known === undefined) {
      const hint = "Check the id: it is the one that Kaltura's console shows among the users.";
      throw new BotError('not_found', `Kaltura knows no user ${user}.`, hint);
    }
    await store.linkAccount(who, known, context.person.id, clock.now());
    return [{ to: 'me', view: say('The account is linked', [{ person }, ' is ', { code: known }, ' in Kaltura.']) }];
  },
});

/** Nobody may say of themselves who they are in Kaltura; the line to be forwarded names both. */
function notAdmin(person: string, user: string | undefined, { whoCan }: Context): BotError {
  const what = user === undefined ? '--remove' : user;
  const hint = `Send an admin this line to type: /webcast link-account ${writePerson(person)} ${what}. ${whoCan('admin')}`;
  return new BotError('forbidden', 'Only an admin says which Kaltura user somebody is.', hint);
}
