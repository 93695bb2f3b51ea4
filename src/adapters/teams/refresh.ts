import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Platform } from '../../core/ports.js';
import { isPrivate, type PrivateView } from '../../core/view.js';
import type { Turn } from './activity.js';
import type { Pen } from './buttons.js';
import type { Card } from './card.js';
import { inbound } from './proceed.js';
import { renderCard } from './render.js';

/** The card that a client asks for by itself when somebody sees it: read only, and undefined when there is none. */
export type Refresh = (line: string, turn: Turn) => Promise<Card | undefined>;

/** Nobody pressed anything, so only what every viewer may see is shown, and nothing can be done on it. */
export function createRefresh(
  dispatch: Dispatch,
  platform: Platform,
  penFor: (tenant: string, own: boolean) => Pen,
): Refresh {
  return async (line, turn) => {
    const prepared = dispatch.prepare(inbound(turn, { kind: 'line', line }));
    if (prepared.kind !== 'run' || prepared.job.command.role !== 'viewer') return undefined;
    let shown: PrivateView | undefined;
    const refuse = async (): Promise<never> => {
      throw new BotError('refused', 'Nothing is posted when a card is only looked at.', '');
    };
    await dispatch.run(prepared.job, {
      ...platform,
      post: refuse,
      update: refuse,
      async whisper(_whom, view) {
        shown = view;
      },
    });
    if (!shown) return undefined;
    const nodes = shown.nodes.filter((node) => node.kind !== 'buttons' && node.kind !== 'pick' && !isPrivate(node));
    return renderCard({ ...shown, nodes }, penFor(turn.place.tenant, false));
  };
}
