import { objectsAt } from '../../json.js';
import { anyAction, type Check, list } from './check.js';

/** Teams shows six actions; the others must be marked for the menu. */
const MOST_ACTIONS = 6;

/** Checks a row of buttons. */
export const checkActions: Check = (value, spot) => {
  list(anyAction, 1)(value, spot);
  const primary = objectsAt({ value }, 'value').filter(({ mode }) => mode !== 'secondary');
  if (primary.length > MOST_ACTIONS) spot.report(`shows ${primary.length} buttons, Teams shows ${MOST_ACTIONS}`);
  for (const [index, entry] of objectsAt({ value }, 'value').entries()) {
    if (entry.title === undefined && entry.iconUrl === undefined) spot.at(index).report('a button needs a title');
  }
};
