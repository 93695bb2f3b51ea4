import { BotError } from '../../core/errors.js';
import type { Player } from '../../core/webcast.js';

/** The player of the account that is meant by its id, its name or words of its name; raises BotError not_found. */
export function findPlayer(players: readonly Player[], wanted: string): Player {
  const words = wanted.toLowerCase();
  const found =
    players.find((one) => String(one.id) === words || one.name.toLowerCase() === words) ??
    players.find((one) => one.name.toLowerCase().includes(words));
  if (found) return found;
  const names = players.map((one) => `${one.name} (${one.id})`).join(', ');
  throw new BotError('not_found', `The account has no player "${wanted.slice(0, 80)}".`, `It has: ${names || 'none'}.`);
}
