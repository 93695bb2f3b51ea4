import { isObject } from '../../json.js';

const TOKEN = /<([^<>]*)>/g;
const REFERENCE = /^(@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+)(\|[^|]*)?$/;
const LINK = /^(https?:\/\/|mailto:|tel:|slack:\/\/)[^\s|]+(\|[^|]+)?$/;
const DATE = /^!date\^-?\d+\^[^^|]+(\^https?:\/\/[^|]+)?(\|.+)?$/;
const BROADCAST = /^!(channel|here|everyone)(\|.*)?$/;
const ENTITY = /&(amp|lt|gt);/;

/** Lists what is wrong with mrkdwn: stray & < >, broadcast mentions, dates no old client could show. */
export function findMrkdwnFaults(text: string): string[] {
  const faults: string[] = [];
  const rest = text.replaceAll(TOKEN, (whole, inner: string) => {
    if (BROADCAST.test(inner)) faults.push(`broadcast mention ${whole}`);
    else if (DATE.test(inner)) {
      if (!inner.includes('|')) faults.push(`date without fallback ${whole}`);
    } else if (!REFERENCE.test(inner) && !LINK.test(inner)) return whole;
    if (/&(?!amp;|lt;|gt;)/.test(inner) && !LINK.test(inner)) faults.push(`unescaped & inside ${whole}`);
    return '';
  });
  const bare = rest.replaceAll(/&(amp|lt|gt);/g, '').replaceAll(/^>+/gm, '');
  for (const sign of ['&', '<', '>']) {
    if (bare.includes(sign)) faults.push(`unescaped ${sign} in mrkdwn: ${shorten(text)}`);
  }
  return faults;
}

/** Lists what is wrong with plain_text: entities and Slack markup would be shown raw. */
export function findPlainTextFaults(text: string): string[] {
  const faults: string[] = [];
  if (ENTITY.test(text)) faults.push(`entity in plain_text: ${shorten(text)}`);
  for (const [whole, inner = ''] of text.matchAll(TOKEN)) {
    if (REFERENCE.test(inner) || DATE.test(inner) || BROADCAST.test(inner))
      faults.push(`markup in plain_text: ${whole}`);
  }
  return faults;
}

/** Lists Markdown that mrkdwn does not know; advice only, since people may have typed it themselves. */
export function findMarkdownHabits(text: string): string[] {
  const habits: string[] = [];
  if (/\*\*[^*\n]+\*\*/.test(text)) habits.push(`**bold** in mrkdwn: ${shorten(text)}`);
  if (/\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/.test(text)) habits.push(`[text](link) in mrkdwn: ${shorten(text)}`);
  return habits;
}

export interface TextFaults {
  faults: string[];
  habits: string[];
}

/** Walks blocks, views or attachments and judges every text object in them. */
export function judgeTexts(
  value: unknown,
  pointer: string,
  found: TextFaults = { faults: [], habits: [] },
): TextFaults {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) judgeTexts(item, `${pointer}/${index}`, found);
  if (!isObject(value)) return found;
  if (typeof value.text === 'string') {
    if (value.type === 'mrkdwn') {
      found.faults.push(...findMrkdwnFaults(value.text).map((fault) => `${fault} [${pointer}]`));
      found.habits.push(...findMarkdownHabits(value.text).map((habit) => `${habit} [${pointer}]`));
    }
    if (value.type === 'plain_text') {
      found.faults.push(...findPlainTextFaults(value.text).map((fault) => `${fault} [${pointer}]`));
    }
    if (value.type === 'markdown' && /<!(channel|here|everyone)/.test(value.text)) {
      found.faults.push(`broadcast mention in markdown [${pointer}]`);
    }
  }
  if (value.type === 'broadcast') found.faults.push(`broadcast mention in rich text [${pointer}]`);
  if (value.type === 'date' && typeof value.timestamp === 'number' && value.fallback === undefined) {
    found.faults.push(`date without fallback in rich text [${pointer}]`);
  }
  if (value.type === 'button' && value.accessibility_label === undefined && isObject(value.text)) {
    const label = value.text.text;
    if (typeof label === 'string' && !/[\p{L}\p{N}]/u.test(label.replaceAll(/:[a-z0-9_+-]+:/g, ''))) {
      found.habits.push(`button of emoji only without accessibility_label [${pointer}]`);
    }
  }
  for (const [key, item] of Object.entries(value)) judgeTexts(item, `${pointer}/${key}`, found);
  return found;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
