import { z } from 'zod';
import {
  changeSchema,
  type Finding,
  type Health,
  type HealthChange,
  healthNow,
  type Path,
  paths,
  trouble,
  type Verdict,
  verdictOf,
  verdicts,
} from '../core/health.js';
import { type Feed, type Instant, instant } from '../core/webcast.js';

/** How long a path has to be better before it is called better. */
const quiet = 60_000;
/** How long trouble has to be away before the same is news again. */
const forgotten = 5 * 60_000;
/** How long people are left alone with one piece of news before the next about the same path. */
const pause = 60_000;
/** The most that is remembered as told. */
const most = 60;
/** Only the backup arriving is told by what arrives, not by these codes. */
const toldOtherwise: ReadonlySet<number> = new Set([109, 110]);

const at = z.number().transform(instant);
const verdict = z.enum(verdicts);
const judgedSchema = z.object({
  /** What stands, until looks in a row say something else. */
  verdict,
  /** The worst finding when that was decided. */
  code: z.number().optional(),
  /** What the last look alone said. */
  last: verdict,
  /** The codes of its trouble. */
  raised: z.array(z.number()),
  /** Since when looks were better than what stands, and the worst of them. */
  calm: z.object({ since: at, worst: verdict }).optional(),
  /** Somebody was told of what stands. */
  told: z.boolean(),
});
export type Judged = z.output<typeof judgedSchema>;

/** What is kept of the health of both paths between two looks. */
export const judgementSchema = z.object({
  at,
  main: judgedSchema.optional(),
  backup: judgedSchema.optional(),
  /** What people were told of: when, and in which look it was last seen. */
  told: z.array(changeSchema.pick({ path: true }).extend({ code: z.number(), since: at, at })),
});
export type Judgement = z.output<typeof judgementSchema>;

const ranks: Readonly<Record<Verdict, number>> = { unknown: 0, good: 0, fair: 1, bad: 2 };
const lesser = (one: Verdict, other: Verdict): Verdict => (ranks[one] <= ranks[other] ? one : other);
const worse = (one: Verdict, other: Verdict): Verdict => (ranks[one] >= ranks[other] ? one : other);

const unjudged: Judged = { verdict: 'unknown', last: 'unknown', raised: [], told: false };

/** What a look brought about the picture, and since when its encoder is connected. */
export interface Picture {
  readonly health: Health;
  readonly feeds: Readonly<Partial<Record<Path, Feed | undefined>>>;
  readonly connected: Instant | undefined;
}

/**
 * Decides how good each path is and what people have to be told; pure. Worse is believed when two looks in a row say
 * so, better after a quiet minute. A code is told again only after it was away for five minutes, and there is at most one
 * piece of bad news a minute from a path.
 */
export function judge(
  before: Judgement | undefined,
  picture: Picture,
  now: Instant,
): { readonly judgement: Judgement; readonly changes: readonly HealthChange[] } {
  // A clock that was set back makes what was told new, not eternal.
  const known = (before?.told ?? []).filter(({ since }) => since <= now);
  const told = known
    .map((one) => ({ ...one, at: instant(Math.min(one.at, now)) }))
    .filter((one) => now - one.at < forgotten);
  const judgement: Judgement = { at: now, told: [] };
  const changes: HealthChange[] = [];
  for (const path of paths) {
    const feed = picture.feeds[path];
    if (feed !== undefined && feed !== 'picture') continue;
    const findings = healthNow(picture.health[path], picture.connected, now).report;
    const was = before?.[path] ?? unjudged;
    const next = follow(was, verdictOf(findings), findings?.findings ?? [], now);
    const standing = next.raised.filter((code) => was.raised.includes(code));
    const isNew = (code: number) => !told.some((one) => one.path === path && one.code === code);
    const rests = told.some((one) => one.path === path && now - one.since < pause);
    const news = next.verdict === 'bad' && !rests ? standing.filter(isNew) : [];
    for (const one of told) if (one.path === path && standing.includes(one.code)) one.at = now;
    told.push(...news.map((code) => ({ path, code, since: now, at: now })));
    const recovered = was.told && was.verdict === 'bad' && next.verdict !== 'bad';
    if (news.length > 0) {
      const reasons = (findings?.findings ?? []).filter(({ code }) => news.includes(code));
      changes.push({ path, verdict: 'bad', findings: reasons });
    } else if (recovered && next.verdict !== 'unknown') {
      changes.push({ path, verdict: next.verdict, findings: [...(findings?.findings ?? [])].filter(isWorthSaying) });
    }
    judgement[path] = { ...next, told: news.length > 0 || (was.told && next.verdict === 'bad') };
  }
  return { judgement: { ...judgement, told: told.slice(-most) }, changes };
}

const isWorthSaying = ({ severity }: Finding): boolean => severity >= 2;

/** Carries a path's verdict on by one look. */
function follow(was: Judged, now: Verdict, findings: readonly Finding[], at: Instant): Omit<Judged, 'told'> {
  const raised = findings.filter(({ code, severity }) => severity >= trouble && !toldOtherwise.has(code));
  const seen = { last: now, raised: raised.map(({ code }) => code) };
  const [worst] = findings;
  const stays = { ...seen, verdict: was.verdict, code: was.code };
  if (ranks[now] > ranks[was.verdict]) {
    const believed = lesser(now, was.last);
    return ranks[believed] > ranks[was.verdict] ? { ...seen, verdict: believed, code: worst?.code } : stays;
  }
  if (ranks[now] === ranks[was.verdict]) {
    return ranks[now] === 0 ? { ...seen, verdict: now, code: undefined } : stays;
  }
  const calm =
    was.calm !== undefined && was.calm.since <= at
      ? { since: was.calm.since, worst: worse(was.calm.worst, now) }
      : { since: at, worst: now };
  if (at - calm.since < quiet) return { ...stays, calm };
  return { ...seen, verdict: calm.worst, code: ranks[calm.worst] === 0 ? undefined : worst?.code };
}

/** What a path's picture suffers from, where that is worth a lamp. */
export function ailmentOf(
  judged: Judged | undefined,
): { readonly verdict: 'fair' | 'bad'; readonly code: number } | undefined {
  if (judged?.verdict !== 'fair' && judged?.verdict !== 'bad') return undefined;
  return { verdict: judged.verdict, code: judged.code ?? 0 };
}
