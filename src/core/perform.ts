import { type Context, type Reading, type Reply, type Role, roles } from './command.js';
import { createDelivery, type Delivery } from './delivery.js';
import { BotError } from './errors.js';
import type { Platform, Whom } from './ports.js';
import { refuseIssues } from './refusal.js';
import type { DispatchParts, Job } from './request.js';

/** Turns any error into words for a person; what is not ours to explain gets a reference that is also in the log. */
export function explain(parts: Pick<DispatchParts, 'log' | 'newId'>, error: unknown, doing: string): BotError {
  if (error instanceof BotError && error.code !== 'bug') {
    parts.log.info({ err: error, doing }, 'A request was answered with an error');
    return error;
  }
  const reference = parts.newId().slice(0, 8);
  parts.log.error({ err: error, doing, reference }, 'A request failed for a reason that is ours');
  const hint = `Nothing more is known here. Tell whoever runs the bot this reference: ${reference}.`;
  return new BotError('bug', 'Something went wrong on our side.', hint, error);
}

/** Runs one job and brings its replies where they belong; the single place where errors of a run are caught. */
export async function perform(
  parts: DispatchParts,
  alone: Context['alone'],
  signal: AbortSignal,
  job: Job,
  platform: Platform,
): Promise<void> {
  const { place, person, wayBack } = job.inbound;
  const whom: Whom = { place, person, wayBack };
  const delivery = createDelivery({ ...parts, now: () => parts.clock.now() }, platform, whom);
  let outcome = 'done';
  let replies: readonly Reply[] = [];
  try {
    const claim = `${platform.name}:${place.tenant}:${job.requestKey}`;
    if (!(await parts.store.claimDelivery(claim, parts.clock.now()))) return;
    await allow(parts, job, platform);
    const reading = await readWithZone(parts, job, platform);
    switch (reading.kind) {
      case 'wrong':
      case 'form wanted':
        outcome = 'invalid';
        replies = [{ to: 'me', view: refuseIssues(job.command, reading.issues) }];
        break;
      case 'zone needed':
        throw new BotError('invalid', 'I do not know your time zone.', 'Add --zone, such as --zone=Europe/Berlin.');
      case 'ready': {
        const { kaltura, store, clock, log, newId, calendarLink } = parts;
        const { progress } = delivery;
        const about = { platform: platform.name, place, person, requestKey: job.requestKey };
        const live: Context['live'] = {
          changed: (webcast, organizer) => parts.live.changed(webcast, organizer),
          followed: (subscription) => parts.live.followed(subscription),
          announcing: (webcast) => parts.live.announcing(webcast, platform.name, place),
          deleted: (webcast) => parts.live.deleted(webcast),
        };
        const ticket: Context['ticket'] = (errand, minutes, holder = person.id) =>
          parts.tickets.issue(errand, { platform: platform.name, tenant: place.tenant, person: holder }, minutes);
        const post: Context['post'] = (view) => platform.post(place, view);
        replies = await reading.run({
          kaltura,
          store,
          clock,
          log,
          newId,
          ...about,
          progress,
          post,
          live,
          ticket,
          publicUrl: parts.tickets.publicUrl(),
          whoCan: (role) => parts.policy.whoCan(role),
          checkChat: platform.checkup?.bind(platform, place.tenant),
          profile: (who = person.id) => platform.profile(place.tenant, who),
          holds: (role) => holds(parts, job, platform, role),
          async tell(who, view) {
            await platform.tell(place.tenant, who, view, place);
          },
          calendarLink,
          calls: ['person', ...(platform.calls ?? [])],
          alone,
          signal,
        });
        break;
      }
      default: {
        const never: never = reading;
        throw never;
      }
    }
    await deliverAll(parts, job, replies, delivery);
  } catch (error) {
    const told = explain(parts, error, job.command.name);
    outcome = told.code;
    try {
      await delivery.fail(told);
    } catch (second) {
      parts.log.error({ err: second, command: job.command.name }, 'An error could not be told to the person');
    }
  }
  await audit(parts, job, platform, replies, outcome);
}

/** Brings every reply where it belongs; what they tell has happened, so one that is lost keeps back no other. */
async function deliverAll(
  parts: DispatchParts,
  job: Job,
  replies: readonly Reply[],
  delivery: Delivery,
): Promise<void> {
  const errors: unknown[] = [];
  for (const reply of replies) await delivery.deliver(reply).catch((error: unknown) => errors.push(error));
  if (errors.length === 0) return;
  const { name } = job.command;
  const told = explain(parts, errors[0], name);
  const why = `What you asked for with ${name} was done, but not all of it could be shown: ${told.message}`;
  if (told.code === 'bug') throw new BotError('unavailable', why, told.hint, told);
  throw new BotError(told.code, why, 'Do not repeat it; look at the status.', told);
}

async function allow(parts: DispatchParts, job: Job, platform: Platform): Promise<void> {
  const needed = job.command.role;
  if (await holds(parts, job, platform, needed)) return;
  const hint = job.inbound.person.guest ? 'Guests may look, but change nothing.' : parts.policy.whoCan(needed);
  throw new BotError('forbidden', `You may not use ${job.command.name}.`, hint);
}

async function holds(parts: DispatchParts, { inbound }: Job, platform: Platform, needed: Role): Promise<boolean> {
  if (needed === 'viewer') return true;
  const role = await parts.policy.roleOf(platform, inbound.place, inbound.person);
  return roles.indexOf(role) >= roles.indexOf(needed);
}

async function readWithZone(parts: DispatchParts, job: Job, platform: Platform): Promise<Reading> {
  const { person, place } = job.inbound;
  const now = parts.clock.now();
  const reading = job.command.read(job.values, { now, zone: person.zone });
  if (reading.kind !== 'zone needed') return reading;
  const { zone } = await platform.profile(place.tenant, person.id);
  return job.command.read(job.values, { now, zone });
}

async function audit(
  parts: DispatchParts,
  job: Job,
  platform: Platform,
  replies: readonly Reply[],
  outcome: string,
): Promise<void> {
  const webcast = replies.flatMap((reply) => ('webcast' in reply ? (reply.webcast ?? []) : []))[0];
  const { place, person } = job.inbound;
  const who = { platform: platform.name, tenant: place.tenant, channel: place.channel, person: person.id };
  try {
    await parts.store.audit({ at: parts.clock.now(), ...who, command: job.command.name, webcast, outcome });
  } catch (error) {
    parts.log.error({ err: error, command: job.command.name }, 'The audit line could not be written');
  }
}
