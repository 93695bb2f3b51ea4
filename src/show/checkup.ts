import type { AccountCheckup, Check, Finding } from '../core/checkup.js';
import type { LampState, PublicNode, View } from '../core/view.js';
import { sayLength } from '../time/say.js';

/** Beyond this many milliseconds the clocks of Kaltura and of the bot make reminders and sessions wrong. */
const drift = 30_000;

/** One group of checks under a heading. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

const ok = (label: string, text: string): Check => ({ label, state: 'ok', text });
const lacking = (label: string, text: string): Check => ({ label, state: 'lacking', text });
const broken = (label: string, text: string): Check => ({ label, state: 'broken', text });

/** A check of one finding: what to say of what was found, and what works without it when Kaltura refuses it. */
function judge<T>(label: string, finding: Finding<T>, read: (value: T) => Check, without: string): Check {
  if (finding.kind === 'found') return read(finding.value);
  return lacking(label, `${without} Kaltura says ${finding.code}.`);
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** What a checkup of the Kaltura account says, thing by thing, with what works without it. */
export function accountChecks(found: AccountCheckup): readonly Check[] {
  return [
    judge(
      'Session',
      found.session,
      ({ admin, user }) =>
        admin
          ? ok('Session', `an administrator's${user === '' ? '' : `, as ${user}`}`)
          : broken(
              'Session',
              'a user session: webcasts can be looked at but not made. Use an admin application token.',
            ),
      'The bot cannot tell whose session it has.',
    ),
    webcastsCheck(found),
    judge(
      'Recording',
      found.permissions,
      (names) =>
        names.some((name) => /LIVE_STREAM_(KALTURA_)?RECORD/.test(name))
          ? ok('Recording', 'in the account')
          : lacking('Recording', 'not in the account: plan webcasts with --recording off.'),
      'Whether recordings are made shows when a webcast is planned.',
    ),
    judge(
      'Transcoding',
      found.liveProfiles,
      (number) =>
        number > 0
          ? ok('Transcoding', count(number, 'live profile'))
          : lacking('Transcoding', "no live profile: viewers get the encoder's own picture, in one quality."),
      "Webcasts are made with the account's default profile.",
    ),
    judge(
      'Players',
      found.players,
      ({ v7, v2 }) =>
        v7 > 0
          ? ok('Players', `${v7} of version 7${v2 > 0 ? `, ${v2} older` : ''}`)
          : lacking(
              'Players',
              'none of version 7: no failover to the backup, no questions. Make one in the Kaltura console.',
            ),
      'No embed codes and no watch links.',
    ),
    judge('Event data', found.metadata, eventDataCheck, 'No presenters or times in Kaltura portals, no questions.'),
    judge(
      'Schedule',
      found.schedule,
      () => ok('Schedule', 'can be read'),
      'Webcasts are planned here only and not in Kaltura calendars.',
    ),
    judge(
      'Studio',
      found.studio,
      (number) =>
        number > 0 ? ok('Studio', 'offered') : lacking('Studio', 'no desktop studio is offered: use an encoder.'),
      'No studio: use an encoder.',
    ),
    judge(
      'Reports',
      found.reports,
      () => ok('Reports', 'in the account'),
      'No totals, no attendance list; the peak and the time on air are counted here.',
    ),
    judge(
      'Viewers now',
      found.realTime,
      () => ok('Viewers now', 'in the account'),
      'No numbers while a webcast is live; totals come afterwards.',
    ),
    judge(
      'Encoder health',
      found.health,
      () => ok('Encoder health', 'told'),
      'Only whether a picture arrives, not how good it is.',
    ),
  ];
}

function webcastsCheck({ webcasts }: AccountCheckup): Check {
  if (webcasts.kind === 'found') return ok('Live streaming', count(webcasts.value, 'webcast'));
  return broken(
    'Live streaming',
    `Kaltura says ${webcasts.code}: the account needs FEATURE_LIVE_STREAM, or the bot's token a role with live streams.`,
  );
}

function eventDataCheck(names: readonly string[]): Check {
  const uses = {
    KMS_KWEBCAST2: 'the studio',
    KMS_EVENTS3: 'presenters and times in portals',
    'Kaltura-QnA': 'questions',
  };
  const missing = Object.entries(uses).filter(([name]) => !names.includes(name));
  if (missing.length === 0) return ok('Event data', 'all profiles are there');
  return lacking('Event data', `missing: ${missing.map(([name, use]) => `${name} (${use})`).join(', ')}`);
}

/** Whether the bot's clock and Kaltura's agree. */
export function clockCheck({ clock }: AccountCheckup): Check {
  if (clock.kind !== 'found') return lacking('Clock', `Kaltura tells no time (${clock.code}).`);
  const apart = Math.abs(clock.value.theirs - clock.value.ours);
  if (apart <= drift) return ok('Clock', 'agrees with Kaltura');
  return broken('Clock', `${sayLength(apart)} apart from Kaltura's: set the bot's machine by a time server.`);
}

/** What everything under the bot's control says. */
export function botChecks(bot: {
  readonly publicUrl: string | undefined;
  readonly forPeople: boolean;
  readonly producers: string;
}): readonly Check[] {
  return [
    bot.publicUrl === undefined
      ? lacking('Public address', 'none: no links into studio and moderator view, no calendar files. Set PUBLIC_URL.')
      : ok('Public address', bot.publicUrl),
    bot.forPeople
      ? ok('Sessions for people', 'can be made')
      : lacking('Sessions for people', 'cannot be made from an application token: set KALTURA_ADMIN_SECRET beside it.'),
    ok('Producers', bot.producers),
  ];
}

const lamp: Readonly<Record<Check['state'], LampState>> = { ok: 'on', lacking: 'warn', broken: 'bad' };

/** Draws groups of checks, with the verdict first. */
export function checkupOf(groups: readonly CheckGroup[]): View {
  const all = groups.flatMap(({ checks }) => checks);
  const bad = all.filter(({ state }) => state === 'broken').length;
  const warned = all.filter(({ state }) => state === 'lacking').length;
  const verdict =
    bad > 0 ? `${count(bad, 'thing')} to mend` : warned > 0 ? `Well, with ${count(warned, 'limit')}` : 'All is well';
  const nodes: PublicNode[] = [
    { kind: 'title', text: verdict },
    ...groups.flatMap(({ title, checks }): PublicNode[] => [
      { kind: 'text', text: [{ bold: title }] },
      { kind: 'lamps', lamps: checks.map(({ label, state, text }) => ({ label, state: lamp[state], text })) },
    ]),
  ];
  return { summary: verdict, nodes };
}
