import { type Kept, leadOf, leastSurplus, recordedIn } from './marks.js';
import type { Instant, Recording } from './webcast.js';

/** A stretch of a recording that stays, in milliseconds from its beginning. */
export interface Range {
  readonly from: number;
  readonly until: number;
}

/** How a recording is trimmed to the time on air, or why it is not. */
export type Trim =
  | { readonly kind: 'trim'; readonly range: Range }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Finds the time on air within a recording; what is hardly longer than that is not worth making anew. */
export function findTrim(part: Recording, kept: Kept, now: Instant): Trim {
  if (kept.mode === 'append')
    return { kind: 'unknown', why: 'It is appended to with each session, so it holds more than one show.' };
  const shows = recordedIn(part.id, kept, now);
  const [show, ...more] = shows;
  if (show === undefined) return { kind: 'unknown', why: 'It is not remembered here when this show was on air.' };
  const length = part.duration * 1000;
  const content = shows.flat().reduce((sum, stretch) => sum + stretch.content, 0);
  const surplus = length - content;
  if (surplus < leastSurplus) return { kind: 'nothing' };
  if (more.length > 0)
    return { kind: 'unknown', why: 'It holds several broadcasts, and what lies between them is not known.' };
  const from = leadOf(part, show, surplus);
  if (from === undefined)
    return { kind: 'unknown', why: 'It did not begin with the encoder, so nobody knows where the show lies in it.' };
  return { kind: 'trim', range: { from, until: from + content } };
}
