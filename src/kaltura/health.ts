import { BeaconListAction } from 'kaltura-typescript-client/types/BeaconListAction.js';
import { KalturaBeaconFilter } from 'kaltura-typescript-client/types/KalturaBeaconFilter.js';
import { KalturaBeaconIndexType } from 'kaltura-typescript-client/types/KalturaBeaconIndexType.js';
import { z } from 'zod';
import type { Health, HealthAnswer, Path } from '../core/health.js';
import type { Clock } from '../core/ports.js';
import { instant } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { KalturaError } from './client/error.js';
import { moment, text } from './entry.js';
import { largestPage, pageOf } from './profile.js';
import { readFigures, readFindings } from './vitals.js';

/** Beacons of entries; others are of servers and of rooms. */
const ofEntries = '4';
/** Kaltura names an encoder's path in front of what a beacon is about. */
const marks: Readonly<Record<string, Path>> = { '0': 'main', '1': 'backup' };
const topics = { health: ['healthData'], figures: ['staticData', 'dynamicData'] } as const;

const beaconSchema = z.object({ objectId: text, eventType: text, privateData: text, updatedAt: moment });
const beaconListSchema = z.object({ objects: z.array(z.unknown()).catch([]) }).transform(({ objects }) =>
  objects.flatMap((one) => {
    const beacon = beaconSchema.safeParse(one).data;
    const [, mark = '', topic = ''] = /^(\d)_(\w+)$/.exec(beacon?.eventType ?? '') ?? [];
    const path = marks[mark];
    return beacon && path ? [{ ...beacon, path, topic }] : [];
  }),
);
type Beacon = z.output<typeof beaconListSchema>[number];
export type BeaconQuestion = Question<readonly Beacon[]>;

/** How many entries one list may be about, so that the newest of each find a place on its page. */
const together = 50;

const ask = (ids: string, index: KalturaBeaconIndexType, about: readonly string[]): BeaconQuestion => ({
  request: new BeaconListAction({
    filter: new KalturaBeaconFilter({
      relatedObjectTypeIn: ofEntries,
      objectIdIn: ids,
      eventTypeIn: Object.keys(marks)
        .flatMap((mark) => about.map((topic) => `${mark}_${topic}`))
        .join(','),
      indexTypeEqual: index,
      orderBy: '-updatedAt',
    }),
    pager: pageOf(largestPage),
  }),
  schema: beaconListSchema,
});

/** Beacons of the same report may be a second or two apart. */
const sameReport = 2000;

/** Puts together what beacons, newest first, say of one path of an entry. */
function pathOf(beacons: readonly Beacon[], path: Path): Health[Path] {
  const own = beacons.filter((beacon) => beacon.path === path);
  const reports = own.filter(({ topic }) => topic === 'healthData');
  const newest = Math.max(...reports.map(({ updatedAt }) => updatedAt));
  const last = reports.filter(({ updatedAt }) => newest - updatedAt <= sameReport);
  const [measured, described] = ['dynamicData', 'staticData'].map((topic) => own.find((one) => one.topic === topic));
  const figures = { ...readFigures(described?.privateData ?? ''), ...readFigures(measured?.privateData ?? '') };
  const at = measured?.updatedAt ?? described?.updatedAt;
  return {
    report:
      last.length === 0
        ? undefined
        : { at: instant(newest), findings: readFindings(last.map(({ privateData }) => privateData)) },
    figures: at === undefined || Object.keys(figures).length === 0 ? undefined : { at, ...figures },
  };
}

/** What an account without encoder reports answers; it stays so for a while. */
const refusals = new Set([
  'SERVICE_FORBIDDEN',
  'ACTION_FORBIDDEN',
  'FEATURE_FORBIDDEN',
  'SERVICE_DOES_NOT_EXISTS',
  'ACTION_DOES_NOT_EXISTS',
]);
const untilAskedAgain = 3_600_000;
/** Reports that fail are left alone for so long: the rest of a round trip must not suffer from them. */
const untilTriedAgain = 60_000;

/** Knows whether the account has encoder reports, so that one without is not asked again and again. */
export interface HealthDesk {
  /** The questions about these entries, to be put into a round trip: two for each fifty, none when there are no reports. */
  questions(ids: readonly string[]): readonly BeaconQuestion[];
  /** What the answers to those questions come to, by entry. */
  read(answers: readonly (readonly Beacon[] | KalturaError)[]): (id: string) => HealthAnswer;
}

export function createHealthDesk({ clock }: { readonly clock: Clock }): HealthDesk {
  let refusedUntil = 0;
  let failedUntil = 0;

  return {
    questions(ids) {
      if (clock.now() < Math.max(refusedUntil, failedUntil)) return [];
      const groups = Array.from({ length: Math.ceil(ids.length / together) }, (_, index) =>
        ids.slice(index * together, (index + 1) * together).join(','),
      );
      return groups.flatMap((group) => [
        ask(group, KalturaBeaconIndexType.log, topics.health),
        ask(group, KalturaBeaconIndexType.state, topics.figures),
      ]);
    },

    read(answers) {
      const failed = answers.filter((answer) => answer instanceof KalturaError);
      if (failed.some(({ code }) => refusals.has(code))) refusedUntil = clock.now() + untilAskedAgain;
      else if (failed.length > 0) failedUntil = clock.now() + untilTriedAgain;
      if (clock.now() < refusedUntil) return () => 'not reported';
      if (clock.now() < failedUntil) return () => 'no answer';
      const beacons = new Map<string, Beacon[]>();
      for (const beacon of answers.flatMap((answer) => (answer instanceof KalturaError ? [] : answer)))
        beacons.set(beacon.objectId, [...(beacons.get(beacon.objectId) ?? []), beacon]);
      return (id) => {
        const own = [...(beacons.get(id) ?? [])].sort((one, other) => other.updatedAt - one.updatedAt);
        return { main: pathOf(own, 'main'), backup: pathOf(own, 'backup') };
      };
    },
  };
}
