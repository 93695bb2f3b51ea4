import type { types } from '@slack/bolt';
import { writePerson } from '../../core/people.js';
import type { Piece, Text } from '../../core/view.js';
import type { Instant } from '../../core/webcast.js';
import { limits } from './limits.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Makes text harmless in mrkdwn: Slack wants these three characters escaped and no other. */
export const escapeText = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);

/** Reads what Slack escaped in a typed line. */
export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * Reads a typed line. With should_escape Slack writes people, channels and addresses as marks: people become the line's
 * own way of naming them, the rest is what was typed.
 */
export const readTyped = (text: string): string =>
  unescapeText(
    text
      .replace(/<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>/g, (_, id: string, name?: string) =>
        writePerson(id, name && `@${name}`),
      )
      .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, '#$1')
      .replace(/<((?:https?|mailto):[^<>|]+)(?:\|[^<>]*)?>/g, (_, url: string) => url.replace(/^mailto:/, '')),
  );

/** A mrkdwn text object of our own making: Slack adds no links or mentions to it. */
export const marked = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** A text in mrkdwn, shortened to a length without cutting a mark, an escape or a link in two. */
export function mrkdwn(text: Text, max: number = limits.section): string {
  let written = '';
  for (const piece of typeof text === 'string' ? [text] : text) {
    const next = mark(piece);
    if (written.length + next.length <= max) {
      written += next;
      continue;
    }
    return `${written}${typeof piece === 'string' ? clipEscaped(piece, max - written.length - 1) : ''}…`;
  }
  return written.trim() === '' ? '–' : written;
}

/** Bold words with the space around them outside the marks; what holds an asterisk or a line break stays plain. */
export function bold(text: string): string {
  const words = text.trim();
  if (words === '' || /[*\n]/.test(words)) return escapeText(words);
  const start = text.indexOf(words);
  return `${text.slice(0, start)}*${escapeText(words)}*${text.slice(start + words.length)}`;
}

/** A moment that Slack shows in each reader's own time zone; old clients show the fallback in UTC. */
export function date(at: Instant): string {
  const fallback = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} at {time}|${fallback}>`;
}

/** A link with words; what is no web address, or too long for a text, stays text. */
export function link(words: string, url: string): string {
  // A bar would end the address, and nothing escapes it.
  const label = mrkdwn(words.replace(/\s+/g, ' ').replaceAll('|', '¦').trim() || url, 300);
  const address = url.replace(/[<>|\s]/g, (sign) => encodeURIComponent(sign)).replaceAll('&', '&amp;');
  if (!/^https?:\/\//i.test(url) || address.length > 2000) return label;
  return `<${address}|${label}>`;
}

function mark(piece: Piece): string {
  if (typeof piece === 'string') return escapeText(piece);
  if ('bold' in piece) return bold(piece.bold);
  if ('code' in piece) return code(piece.code);
  if ('link' in piece) return link(piece.link, piece.url);
  if ('time' in piece) return date(piece.time);
  if ('person' in piece) return person(piece.person);
  if ('group' in piece) return group(piece.group);
  if ('everyone' in piece) return `<!${piece.everyone}>`;
  const never: never = piece;
  return never;
}

function code(text: string): string {
  // Nothing escapes a backtick inside inline code; the modifier letter looks the same.
  const words = text.replaceAll('`', 'ˋ').replace(/\s+/g, ' ').trim();
  return words === '' ? '' : `\`${escapeText(words)}\``;
}

function person(id: string): string {
  return /^[UW][A-Z0-9]{2,20}$/.test(id) ? `<@${id}>` : escapeText(`@${id}`);
}

function group(id: string): string {
  return /^S[A-Z0-9]{2,20}$/.test(id) ? `<!subteam^${id}>` : escapeText(`@${id}`);
}

function clipEscaped(text: string, max: number): string {
  let kept = '';
  for (const point of text) {
    const next = escapeText(point);
    if (kept.length + next.length > max) break;
    kept += next;
  }
  return kept;
}

/** Lines packed into as few texts as the limit allows; no line may be longer than it by itself. */
export function packLines(lines: readonly string[], max: number = limits.section): string[] {
  const packed: string[] = [];
  let current = '';
  for (const line of lines) {
    if (current !== '' && current.length + 1 + line.length > max) {
      packed.push(current);
      current = line;
    } else {
      current = current === '' ? line : `${current}\n${line}`;
    }
  }
  if (current !== '') packed.push(current);
  return packed;
}
