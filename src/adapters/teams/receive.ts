import type { Log } from '../../core/ports.js';
import { say } from '../../core/view.js';
import { type Activity, readTurn, type Turn } from './activity.js';
import type { InvokeAnswer } from './adapter.js';
import { readPress } from './cards.js';
import type { Installs } from './install.js';
import type { Invokes } from './invoke.js';
import { longestLine } from './limits.js';
import { readLine, strangersIn } from './mentions.js';
import type { People } from './people.js';
import type { Proceed } from './proceed.js';
import type { RememberedReferences } from './references.js';
import type { Signer } from './sign.js';
import { createReadZone } from './zones.js';

/** Does what an activity asks for; slow work goes on after the answer. */
export type Receive = (activity: Activity, tenant: string) => Promise<InvokeAnswer | undefined>;

export interface ReceiveParts {
  readonly appId: string;
  readonly invokes: Invokes;
  readonly installs: Installs;
  readonly references: RememberedReferences;
  readonly people: People;
  readonly proceed: Proceed;
  readonly signer: Signer;
  readonly log: Log;
}

/** How many deliveries are remembered, so that one that Teams sends again is not answered again. */
const remembered = 2000;

export function createReceive(parts: ReceiveParts): Receive {
  const { appId, people, references, proceed, log } = parts;
  const seen = new Set<string>();
  const readZone = createReadZone();

  async function receiveMessage(activity: Activity, turn: Turn): Promise<void> {
    if (isRepeated(turn)) return;
    const line = await lineOf(activity, turn);
    if (line === undefined) return;
    if (line.length > longestLine) {
      const sentence = `That line has ${line.length} characters; the longest I read has ${longestLine}.`;
      void proceed.tell(turn, say(sentence, 'Type a shorter one, or use the form.'));
      return;
    }
    void proceed.hear(turn, { kind: 'line', line });
  }

  function isRepeated(turn: Turn): boolean {
    if (seen.has(turn.deliveryId)) return true;
    seen.add(turn.deliveryId);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    return false;
  }

  /** The line that a message says or that its pressed button carries; undefined when it is not for the bot. */
  async function lineOf(activity: Activity, turn: Turn): Promise<string | undefined> {
    const { text, value } = activity;
    if (typeof value === 'object' && value !== null && !text) {
      const pressed = readPress(parts.signer, turn.place.tenant, value);
      if (pressed.kind === 'line') return pressed.line;
      log.warn({ conversation: turn.place.channel }, 'A card that is not ours was submitted');
      return undefined;
    }
    if (typeof text !== 'string') return undefined;
    const named = activity.entities ?? [];
    const bots = [turn.bot, `28:${appId}`];
    const { line, toBot } = readLine(text, named, bots);
    const spokenTo = turn.place.direct || turn.targeted || toBot || /^\s*\/?webcast\b/i.test(text);
    if (!spokenTo) return undefined;
    const strangers = strangersIn(named, bots);
    if (strangers.length === 0) return line;
    const known = await people.identify(turn, strangers);
    return readLine(text, named, bots, (id) => known.get(id) ?? id).line;
  }

  return async (activity, tenant) => {
    const turn = readTurn(activity, tenant, readZone);
    switch (activity.type) {
      case 'message': {
        open(turn);
        await receiveMessage(activity, { ...turn, person: people.recall(turn) });
        return undefined;
      }
      case 'invoke': {
        open(turn);
        return parts.invokes.answer(activity, { ...turn, person: people.recall(turn) });
      }
      case 'installationUpdate':
      case 'conversationUpdate':
        parts.installs.receive(activity, turn);
        return undefined;
      default:
        // Edits, deletions, reactions, typing and events of meetings are no commands.
        return undefined;
    }
  };

  function open(turn: Turn): void {
    people.meet(turn);
    void references.remember(turn);
  }
}
