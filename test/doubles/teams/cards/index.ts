import { isObject, type JsonObject } from '../../json.js';
import { actions } from './actions.js';
import { outerCard, unfoldedCard } from './card.js';
import { type Grammar, startAt } from './check.js';
import { elements } from './elements.js';
import { findCardMentionIssues } from './mentions.js';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export interface CardContext {
  /** Dialogs have no Action.Execute: their buttons submit. */
  place: 'message' | 'dialog';
  /** The ids that may be mentioned; undefined skips the question. */
  people?: ReadonlySet<string>;
}

export interface CardFindings {
  /** What Teams would refuse, drop or show broken, as `path: message`. */
  issues: string[];
  /** What works and serves people badly. */
  advice: string[];
}

const grammar: Grammar = { elements, actions, card: unfoldedCard };

function walk(value: unknown, visit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (!isObject(value)) return;
  visit(value);
  for (const [key, inner] of Object.entries(value)) if (key !== 'data' && key !== 'fallback') walk(inner, visit);
}

/** Judges one Adaptive Card against version 1.5 and what Teams adds to it. */
export function findCardIssues(card: unknown, { place, people }: CardContext): CardFindings {
  const issues: string[] = [];
  const advice: string[] = [];
  outerCard(card, startAt('card', grammar, issues));
  if (!isObject(card)) return { issues, advice };
  const ids = new Set<string>();
  const targets = new Set<string>();
  walk(card, (object) => {
    const { type, id } = object;
    if (typeof type !== 'string') return;
    if (typeof id === 'string' && !type.startsWith('Action.')) {
      if (ids.has(id)) issues.push(`card: the id ${id} is used twice`);
      ids.add(id);
    }
    if (type.startsWith('Input.')) {
      if (object.label === undefined && type !== 'Input.Toggle') advice.push(`input ${String(id)} has no label`);
      const judged = ['isRequired', 'regex', 'min', 'max'].some(
        (key) => object[key] !== undefined && object[key] !== false,
      );
      if (judged && object.errorMessage === undefined) advice.push(`input ${String(id)} has no errorMessage`);
    }
    if (type === 'Action.ToggleVisibility' && Array.isArray(object.targetElements)) {
      for (const target of object.targetElements) {
        const name: unknown = isObject(target) ? target.elementId : target;
        if (typeof name === 'string') targets.add(name);
      }
    }
    if (type === 'Action.Execute' && place === 'dialog') issues.push('card: Action.Execute does not work in a dialog');
  });
  for (const target of targets) if (!ids.has(target)) issues.push(`card: switches ${target}, which does not exist`);
  if (people !== undefined) issues.push(...findCardMentionIssues(card, people));
  return { issues, advice };
}
