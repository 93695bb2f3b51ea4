import type { Context } from '../../core/command.js';
import type { KnownUsers } from '../../core/crew.js';
import { BotError } from '../../core/errors.js';
import { type Somebody, writePerson } from '../../core/people.js';
import type { Piece } from '../../core/view.js';

/** Somebody who was named, as chat knows them and by the ids that their Kaltura user may have. */
export interface Candidate {
  /** The platform's id of the person; undefined for a Kaltura user that was named outright. */
  readonly person: string | undefined;
  /** The likeliest first. */
  readonly users: readonly string[];
  /** How they are called in an answer. */
  readonly called: Piece;
}

/** Accounts differ in how they write e-mail addresses, and Kaltura takes them as they come. */
const spellings = (user: string): readonly string[] => [...new Set([user, user.toLowerCase()])];

/** Who is meant, and which Kaltura users that may be: the one an admin linked, or else the person's e-mail address. */
export async function candidateOf(somebody: Somebody, context: Context): Promise<Candidate> {
  switch (somebody.kind) {
    case 'user':
      return { person: undefined, users: spellings(somebody.user), called: { code: somebody.user } };
    case 'me':
      return candidateOfPerson(context.person.id, context);
    case 'member':
      return candidateOfPerson(somebody.id, context);
    default: {
      const never: never = somebody;
      return never;
    }
  }
}

async function candidateOfPerson(person: string, context: Context): Promise<Candidate> {
  const { store, platform, place } = context;
  const called = { person };
  const linked = await store.linkedUser({ platform, tenant: place.tenant, person });
  if (linked !== undefined) return { person, users: [linked], called };
  // A guest's address is only what another organization says of them.
  if (person === context.person.id && context.person.guest) return { person, users: [], called };
  const { email } = await context.profile(person);
  return { person, users: email === undefined ? [] : spellings(email), called };
}

/** The first of the ids that Kaltura knows, as Kaltura writes it. */
export const knownUser = ({ users }: Candidate, known: KnownUsers): string | undefined =>
  users.map((user) => known.get(user)).find((user) => user !== undefined);

/** Says why there is no Kaltura user for the person who asks, and what gets them one. */
export function noUser({ users }: Candidate, context: Context): BotError {
  const [tried] = users;
  const why =
    tried === undefined
      ? 'I cannot see your e-mail address, by which Kaltura knows you.'
      : `Kaltura knows no user ${tried}.`;
  const line = `/webcast link-account ${writePerson(context.person.id)}`;
  const hint = `An admin can link you to your Kaltura user: ${line} and the id of that user. ${context.whoCan('admin')}`;
  return new BotError('refused', why, hint);
}
