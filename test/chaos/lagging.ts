import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Libsql from 'libsql';
import { z } from 'zod';
import { query } from '../postgres.js';
import type { Ground } from './onair.js';

const lagging = 'select count(*) as cards from cards where shown < wanted';
const answer = z.object({ cards: z.number() });
/** How long to wait before the store is looked at again, in milliseconds: twice as long each time. */
const pauses = { first: 125, longest: 4000 };

type Place = Pick<Ground, 'databaseUrl' | 'folder'>;

/**
 * Waits until every card is as it should be and no claim on one is left, and gives how many are not after so many
 * milliseconds. A channel that a killed bot has posted to looks well before that: its card is sent once more when somebody
 * takes the claim over.
 */
export async function waitUntilNoneLags(place: Place, milliseconds: number): Promise<number> {
  const until = Date.now() + milliseconds;
  for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
    const cards = await countLagging(place);
    if (cards === 0 || Date.now() >= until) return cards;
    await wait(pause);
  }
}

async function countLagging({ databaseUrl, folder }: Place): Promise<number> {
  if (databaseUrl !== undefined) return answer.parse((await query(databaseUrl, lagging))[0]).cards;
  const file = new Libsql(join(folder, 'webcast-bot.db'), { readonly: true, timeout: 5000 });
  try {
    return answer.parse(file.prepare(lagging).get()).cards;
  } finally {
    file.close();
  }
}
