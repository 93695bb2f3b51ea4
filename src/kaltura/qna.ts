import type { Span } from '../core/numbers.js';
import type { EntryId } from '../core/webcast.js';
import { listQuestions, type QnaParts } from './questions.js';

/**
 * How many questions viewers asked within the span and how many of them are open, or 'not in the account'; one round
 * trip for each 500 things said, and one more before the first.
 */
export async function countQuestions(
  parts: Pick<QnaParts, 'connection' | 'book'>,
  entry: EntryId,
  span: Span,
): Promise<{ readonly asked: number; readonly open: number } | 'not in the account'> {
  // Answers may follow long after the questions, so what was said later is read too.
  const listed = await listQuestions(parts, entry, span.from);
  if (listed.kind === 'lacking') return 'not in the account';
  const within = listed.value.filter(({ at }) => at <= span.until);
  const kept = within.filter(({ state }) => state !== 'dismissed');
  return { asked: kept.length, open: kept.filter(({ state }) => state === 'open').length };
}
