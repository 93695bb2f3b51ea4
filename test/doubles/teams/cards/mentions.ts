import { type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';

/** Finds what is wrong between the `<at>` marks of a text, the entities beside it, and who may be mentioned. */
export function findMentionIssues(text: string, entities: JsonObject[], people: ReadonlySet<string>): string[] {
  const mentions = entities.filter(({ type }) => type === 'mention');
  const marks = [...text.matchAll(/<at(?:\s[^>]*)?>.*?<\/at>/gs)].map(([mark]) => mark);
  const named = mentions.map((entity) => stringAt(entity, 'text') ?? '');
  const ids = mentions.map((entity) => stringAt(objectAt(entity, 'mentioned') ?? {}, 'id') ?? '');
  const stray = text.replaceAll(/<at(?:\s[^>]*)?>.*?<\/at>/gs, '');
  return [
    ...marks.filter((mark) => !named.includes(mark)).map((mark) => `${mark} stands for nobody: no mention entity`),
    ...named.filter((name) => !text.includes(name)).map((name) => `mention ${name} does not stand in the text`),
    ...ids.filter((id) => !people.has(id)).map((id) => `mentions ${id}, who is not in the conversation`),
    ...(/<\/?at\b/.test(stray) ? ['an <at> mark is not closed'] : []),
  ];
}

/** All text of a card in which a mention could stand. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'msteams' || key === 'data') return [];
    return (key === 'text' || key === 'value' || key === 'title') && typeof inner === 'string'
      ? [inner]
      : textsOf(inner);
  });
}

/** Finds what is wrong with the mentions of a card. */
export function findCardMentionIssues(card: JsonObject, people: ReadonlySet<string>): string[] {
  const entities = objectsAt(objectAt(card, 'msteams') ?? {}, 'entities');
  return findMentionIssues(textsOf(card).join('\n'), entities, people);
}
