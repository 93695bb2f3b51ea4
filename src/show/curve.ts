import type { Point, Span } from '../core/numbers.js';
import type { Instant } from '../core/webcast.js';
import { peakOf } from './numbers.js';

const minute = 60_000;
/** In the last minutes people leave because it ends: that is no drop-off. */
const goodbye = 2 * minute;
/** How near a mark has to lie to a fall to be told with it. */
const near = 2 * minute;
/** A fall of less than this many viewers, and of this share of the peak, is none worth telling. */
const least = { viewers: 3, share: 0.05 };

/** A moment of a show that people know. */
export interface Mark {
  readonly at: Instant;
  /** As the end of a sentence, such as "the picture was lost". */
  readonly words: string;
}

/** Where a curve of viewers fell most. */
export interface Fall {
  readonly from: Point;
  readonly to: Point;
  /** The mark that lies at it. */
  readonly mark: Mark | undefined;
}

/**
 * Where the curve fell most within a minute, or within five when that tells much more; undefined when it never fell
 * noticeably. What happens before the show and in its last minutes does not count.
 */
export function findFall(points: readonly Point[], show: Span, marks: readonly Mark[] = []): Fall | undefined {
  const within = points.filter(({ at }) => at >= show.from && at <= show.until - goodbye);
  const steep = steepest(within, minute);
  const slow = steepest(within, 5 * minute);
  const fall = steep && (slow === undefined || depth(steep) * 2 >= depth(slow)) ? steep : slow;
  const peak = peakOf(within)?.value ?? 0;
  if (fall === undefined || depth(fall) < Math.max(least.viewers, peak * least.share)) return undefined;
  return { ...fall, mark: nearest(marks, fall) };
}

interface Descent {
  readonly from: Point;
  readonly to: Point;
}

const depth = ({ from, to }: Descent): number => from.value - to.value;

/** The deepest fall between two points that lie no further apart than the window; of equal ones the shortest, then the first. */
function steepest(points: readonly Point[], window: number): Descent | undefined {
  let best: Descent | undefined;
  for (const [index, from] of points.entries()) {
    for (let next = index + 1; next < points.length; next++) {
      const to = points[next];
      if (to === undefined || to.at - from.at > window) break;
      const fall = { from, to };
      const deeper = best === undefined ? depth(fall) > 0 : depth(fall) > depth(best);
      const shorter = best !== undefined && depth(fall) === depth(best) && lengthOf(fall) < lengthOf(best);
      if (deeper || shorter) best = fall;
    }
  }
  return best;
}

const lengthOf = ({ from, to }: Descent): number => to.at - from.at;

function nearest(marks: readonly Mark[], { from, to }: Descent): Mark | undefined {
  const far = ({ at }: Mark) => Math.max(from.at - at, at - to.at, 0);
  const close = marks.filter((mark) => far(mark) <= near);
  return close.sort((a, b) => far(a) - far(b) || a.at - b.at)[0];
}

/** How many watched before and after a gap, as far as the curve has points within three minutes of it. */
export function aroundGap(points: readonly Point[], gap: Span): { readonly before?: number; readonly after?: number } {
  const reach = 3 * minute;
  const before = points.findLast(({ at }) => at <= gap.from && at >= gap.from - reach)?.value;
  const after = points.find(({ at }) => at >= gap.until && at <= gap.until + reach)?.value;
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** The marks that every show has, its beginning, its gaps and its end, and those that people set. */
export const marksOf = (
  show: Span,
  gaps: readonly Span[],
  set: readonly { readonly at: Instant; readonly words: string }[] = [],
): readonly Mark[] => [
  ...set.map(({ at, words }) => ({ at, words: `"${words}" was marked` })),
  { at: show.from, words: 'it went live' },
  ...gaps.flatMap(({ from, until }) => [
    { at: from, words: 'the picture was lost' },
    { at: until, words: 'the picture came back' },
  ]),
  { at: show.until, words: 'it ended' },
];
