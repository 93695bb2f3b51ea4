import { KalturaSessionType } from 'kaltura-typescript-client/types/KalturaSessionType.js';
import { SessionStartAction } from 'kaltura-typescript-client/types/SessionStartAction.js';
import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import type { Caller, Question } from './caller.js';
import { type Connection, createConnection } from './connection.js';
import { KalturaError } from './error.js';

/** What a session of one person is to be good for. */
export interface PersonSession {
  /** The person's Kaltura user; empty for somebody unknown. */
  readonly user: string;
  /** Names and values as Kaltura writes them: "sview:1_ab12cd34,list:*". */
  readonly privileges: string;
  readonly minutes: number;
}

/** Mints sessions of people, narrower than the bot's own. */
export interface PersonSessions {
  readonly possible: boolean;
  /** The question that mints one, to be asked among others; raises BotError misconfigured without the admin secret. */
  question(session: PersonSession): Question<string>;
  /** One round trip; raises BotError misconfigured without the admin secret, and KalturaError. */
  mint(session: PersonSession): Promise<Secret>;
}

/** An application token has one user and one type for all its sessions, so people's are made with the admin secret. */
export function createPersonSessions(parts: {
  readonly caller: Caller;
  readonly partnerId: number;
  readonly adminSecret: Secret | undefined;
}): PersonSessions {
  const { caller, partnerId, adminSecret } = parts;
  function question({ user, privileges, minutes }: PersonSession): Question<string> {
    if (!adminSecret) {
      throw new BotError(
        'misconfigured',
        'This bot cannot make sessions for people: an application token makes sessions of one user only.',
        'Whoever runs it sets KALTURA_ADMIN_SECRET beside the token and starts it again.',
      );
    }
    const request = new SessionStartAction({
      secret: adminSecret.reveal(),
      type: KalturaSessionType.user,
      partnerId,
      userId: user,
      expiry: minutes * 60,
      privileges,
    });
    return { request, schema: z.string().min(1) };
  }

  return {
    possible: adminSecret !== undefined,
    question,
    async mint(session) {
      const [answer] = await caller.ask([question(session)], undefined, { repeatable: true });
      if (answer instanceof KalturaError) throw answer;
      return new Secret(z.string().parse(answer));
    },
  };
}

/** A connection that speaks as one person, by one session minted now; a round trip before the first question. */
export async function connectPerson(
  { caller, people, log }: { readonly caller: Caller; readonly people: PersonSessions; readonly log: Log },
  session: PersonSession,
): Promise<Connection> {
  const first = await people.mint(session);
  const current = async () => first.reveal();
  const renew = async () => (await people.mint(session)).reveal();
  return createConnection({ caller, sessions: { current, renew }, log });
}
