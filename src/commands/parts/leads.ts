import { longestReminder, type NumbersRhythm, numbersBounds } from '../../core/subscription.js';

const units = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

/** Reads reminders such as "7d,1d,15m" or "off" into minutes, the longest first; undefined when it is not understood. */
export function readLeads(words: string): readonly number[] | undefined {
  if (/^\s*(?:off|none|no)\s*$/i.test(words)) return [];
  const leads = words.split(/[,;，、\s]+/).filter((word) => word !== '');
  const minutes = leads.map((word) => {
    const found = /^(\d{1,4})(m|h|d|w)(?:in|ins|ours?|ays?|eeks?)?$/i.exec(word);
    const unit = found?.[2]?.toLowerCase();
    return found && (unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w') ? Number(found[1]) * units[unit] : 0;
  });
  if (minutes.length === 0 || minutes.length > 5) return undefined;
  if (minutes.some((lead) => lead < 1 || lead > longestReminder)) return undefined;
  return [...new Set(minutes)].sort((a, b) => b - a);
}

/** Reads how often figures come, such as "5m", "end" or "off"; undefined when it is not understood. */
export function readNumbersRhythm(words: string): NumbersRhythm | undefined {
  const word = words.trim().toLowerCase();
  if (word === 'end' || word === 'off') return word;
  const minutes = Number(/^(\d{1,3})\s*(?:m|min|mins|minutes?)?$/.exec(word)?.[1]);
  return minutes >= numbersBounds.least && minutes <= numbersBounds.most ? minutes : undefined;
}

/** A rhythm of figures as it is typed. */
export const writeNumbersRhythm = (rhythm: NumbersRhythm): string =>
  typeof rhythm === 'number' ? `${rhythm}m` : rhythm;
