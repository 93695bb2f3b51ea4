import type { Context, Reply } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import type { Params } from '../../core/params.js';
import { defaultReminders, type Subscription } from '../../core/subscription.js';
import type { Text } from '../../core/view.js';
import type { EntryId, Webcast, WebcastNote, WebcastPlan } from '../../core/webcast.js';
import { cardOf, standOf } from '../../show/card.js';
import { sayOutcome } from '../parts/categories.js';
import { writeAgain } from './again.js';
import { readBack } from './readback.js';

/** Has Kaltura make the webcast once for each key, and makes it this channel's; params are those of create. */
export async function planWebcast(
  plan: WebcastPlan,
  key: string,
  params: Params,
  context: Context,
): Promise<readonly Reply[]> {
  const { store, clock } = context;
  const { begun, creation } = await store.beginCreation(key, clock.now());
  const lookFirst = !begun || creation.entry !== undefined;
  const webcast = await make(plan, key, lookFirst, params, context);
  await store.finishCreation(key, webcast.id);
  const { start, end, zone } = plan;
  const note: WebcastNote = {
    id: webcast.id,
    name: webcast.name,
    start,
    end,
    zone,
    liveSince: undefined,
    endedAt: undefined,
  };
  const reply = await takeIn(webcast, note, context);
  const [event, shortfall] = await Promise.all([
    context.kaltura.eventData.keepInStep(webcast.id, note, !lookFirst),
    categorize(plan, webcast.id, writeAgain(plan, key, params), context),
  ]);
  return [reply, { to: 'me', view: readBack(plan, webcast, shortfall, event) }];
}

/** Puts the webcast into the categories of its plan; what did not come about is told, since the webcast stands. */
async function categorize(plan: WebcastPlan, id: EntryId, again: string, context: Context): Promise<readonly Text[]> {
  const wanted = plan.categories ?? [];
  if (wanted.length === 0) return [];
  const retry: Text = [
    'Once that is settled, this tries it again and makes nothing twice: ',
    { code: `/webcast ${again}` },
  ];
  try {
    const told = (await context.kaltura.setCategories(id, wanted)).flatMap(sayOutcome);
    return told.length === 0 ? [] : [...told, retry];
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return [`It was not put into ${wanted.join(', ')}. ${error.message} ${error.hint}`, retry];
  }
}

/** Makes a webcast this channel's: it is remembered and followed here, and its card is the reply. */
export async function takeIn(webcast: Webcast, note: WebcastNote, context: Context): Promise<Reply> {
  const { store, clock, platform, place } = context;
  const now = clock.now();
  await store.saveNote(note, now);
  await store.bind(platform, place, webcast.id, now);
  await follow(webcast.id, context);
  return { to: 'card', webcast: webcast.id, view: cardOf(standOf(webcast, note, now, context.calendarLink)) };
}

/** The channel where a webcast is planned is its crew's: it is told of trouble too, and the planner what is for them alone. */
async function follow(webcast: EntryId, { store, live, platform, place, person, clock }: Context): Promise<void> {
  const subscription: Subscription = {
    platform,
    place,
    subject: { kind: 'webcast', webcast },
    mode: 'normal',
    side: 'crew',
    reminders: defaultReminders,
    mention: undefined,
    numbers: 'off',
    questions: false,
    owner: person.id,
    paused: undefined,
  };
  await store.subscribe(subscription, clock.now());
  await live.changed(webcast, { platform, tenant: place.tenant, person: person.id });
}

/** Makes the webcast; when it stays unclear whether Kaltura made it, the hint holds the line that safely tries again. */
async function make(plan: WebcastPlan, key: string, lookFirst: boolean, params: Params, context: Context) {
  try {
    return await context.kaltura.create(plan, key, lookFirst);
  } catch (error) {
    if (!(error instanceof BotError) || error.code !== 'outcome_unknown') throw error;
    const again = writeAgain(plan, key, params);
    throw new BotError(
      error.code,
      error.message,
      `${error.hint} To try again without making it twice: /webcast ${again}`,
      error,
    );
  }
}
