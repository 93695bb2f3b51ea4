import type { JsonObject } from '../../json.js';
import { botIdOf, type Conversation, type Platform, type Tenant } from '../platform.js';
import type { Wording } from './activities.js';

/** How the client writes a mention of the bot: as one, with a hard space after it, or as two words of one name. */
export type MentionStyle = 'plain' | 'nbsp' | 'split';

interface Mentionable {
  id: string;
  name: string;
  /** What a person types after the @. */
  typed: string[];
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function everybodyIn(platform: Platform, tenant: Tenant, conversation: Conversation): Mentionable[] {
  const { name } = platform.app;
  return [
    { id: botIdOf(platform), name, typed: [name, name.split(' ')[0] ?? name] },
    ...tenant.people
      .filter(({ id }) => conversation.members.has(id))
      .map((person) => ({ id: person.id, name: person.name, typed: [person.name] })),
  ];
}

/** Turns typed text with `@Name` in it into the text, HTML and mention entities that Teams sends. */
export function wordMessage(
  platform: Platform,
  tenant: Tenant,
  conversation: Conversation,
  typed: string,
  style: MentionStyle,
): Wording & { mentionsBot: boolean } {
  const mentions: JsonObject[] = [];
  let text = '';
  let html = '';
  let mentionsBot = false;
  let rest = typed;
  const people = everybodyIn(platform, tenant, conversation)
    .flatMap((one) => one.typed.map((word) => ({ ...one, word: `@${word}` })))
    .sort((left, right) => right.word.length - left.word.length);
  const append = ({ id, name }: { id: string; name: string }) => {
    const mark = `<at>${name}</at>`;
    html += `<span itemtype="http://schema.skype.com/Mention" itemscope itemid="${mentions.length}">${name}</span>`;
    mentions.push({ type: 'mention', mentioned: { id, name }, text: mark });
    text += mark;
  };
  while (rest !== '') {
    const found = people.find(({ word }) => rest.startsWith(word));
    if (found === undefined) {
      text += rest[0];
      html += escapeHtml(rest[0] ?? '');
      rest = rest.slice(1);
      continue;
    }
    rest = rest.slice(found.word.length);
    const isBot = found.id === botIdOf(platform);
    mentionsBot ||= isBot;
    const [first = '', ...others] = found.name.split(' ');
    if (isBot && style === 'split' && others.length > 0) {
      append({ id: found.id, name: first });
      text += ' ';
      append({ id: found.id, name: others.join(' ') });
    } else append(found);
    if (isBot && style === 'nbsp') {
      text += '&nbsp;';
      rest = rest.replace(/^ /, '');
    }
  }
  return { text, html: `<p>${html}</p>`, mentions, mentionsBot };
}
