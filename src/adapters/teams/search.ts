import { z } from 'zod';
import type { Dispatch } from '../../core/dispatch.js';
import type { Clock, Log, Place } from '../../core/ports.js';
import type { Choice } from '../../core/view.js';
import type { Turn } from './activity.js';
import type { InvokeAnswer } from './adapter.js';
import { drawChoices } from './buttons.js';
import { within } from './within.js';

/** What lists are filled with as a person types. */
export interface Search {
  answer(value: unknown, turn: Turn): Promise<InvokeAnswer>;
  choices(place: Place, dataset: 'webcast' | 'zone', typed: string): Promise<readonly Choice[]>;
}

/** A list that comes later than this (ms) is of no use to who is typing. */
const budget = 1500;

const query = z.object({
  queryText: z.string().nullish(),
  dataset: z.string().nullish(),
  queryOptions: z
    .object({ top: z.number().int().positive().nullish(), skip: z.number().int().min(0).nullish() })
    .nullish(),
});

export function createSearch({ dispatch, clock, log }: { dispatch: Dispatch; clock: Clock; log: Log }): Search {
  async function choices(place: Place, dataset: 'webcast' | 'zone', typed: string): Promise<readonly Choice[]> {
    try {
      const found = await within(clock, budget, dispatch.suggest(place, 'teams', dataset, typed));
      if (found) return found.value;
      log.warn({ dataset }, 'A list took too long to be of use');
    } catch (error) {
      log.warn({ err: error, dataset }, 'A list could not be fetched');
    }
    return [];
  }

  return {
    choices,
    async answer(value, turn) {
      const asked = query.safeParse(value);
      const { dataset, queryText, queryOptions } = asked.data ?? {};
      const known = dataset === 'webcast' || dataset === 'zone' ? dataset : undefined;
      const found = known ? drawChoices(await choices(turn.place, known, (queryText ?? '').slice(0, 100))) : [];
      const skip = queryOptions?.skip ?? 0;
      const results = found.slice(skip, skip + (queryOptions?.top ?? 25));
      const type = 'application/vnd.microsoft.search.searchResponse';
      return { status: 200, body: { statusCode: 200, type, value: { results } } };
    },
  };
}
