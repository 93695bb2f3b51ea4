import { BotError } from '../../core/errors.js';
import type { MessageRef, NewId, Place } from '../../core/ports.js';
import type { PrivateView, View } from '../../core/view.js';
import { rememberedMessages } from './limits.js';
import { paintWith } from './paint.js';
import { type Block, type Look, layBlocks, renderBlocks } from './render.js';
import { cleanLine } from './text.js';
import type { Tty } from './tty.js';

/** The one place there is in a terminal. */
export const here: Place = { tenant: 'terminal', channel: 'terminal', direct: false };

const onlyYou = '(only you)';

/** Prints messages, and remembers those that can be edited. */
export interface Sender {
  /** Prints a message; a reply says so. */
  post(place: Place, view: View, thread?: MessageRef): MessageRef;
  /** Prints what an edit changed and nothing else; raises BotError not_found for a message of another run. */
  update(message: MessageRef, view: View): void;
  whisper(view: PrivateView): void;
  /** Prints what the person did not ask for; questions in it wait for a command. */
  tell(view: PrivateView): MessageRef;
  /** The last private view since this was asked before. */
  takePrivate(): PrivateView | undefined;
}

/** Makes the sender of one terminal. */
export function createSender(tty: Tty, reader: Omit<Look, 'width'>, newId: NewId): Sender {
  const paint = paintWith(reader.colours);
  const draw = (view: PrivateView) => renderBlocks(view, { ...reader, width: tty.width });
  const shown = new Map<string, { readonly blocks: readonly Block[]; readonly where: string }>();
  let lastPrivate: PrivateView | undefined;

  function remember(message: string, blocks: readonly Block[], where = `#${here.channel}`): void {
    shown.set(message, { blocks, where });
    for (const oldest of shown.keys()) {
      if (shown.size <= rememberedMessages) break;
      shown.delete(oldest);
    }
  }

  function post(place: Place, view: View, thread?: MessageRef): MessageRef {
    if (place.tenant !== here.tenant || place.channel !== here.channel) {
      throw new BotError('cannot_post', `The terminal has no channel ${place.channel}.`, 'Type it in that channel.');
    }
    const message = newId();
    const blocks = draw(view);
    remember(message, blocks);
    const heading = `#${here.channel}${thread === undefined ? '' : ' (in the thread)'}`;
    tty.print(['', paint.dim(heading), ...layBlocks(blocks)]);
    return { tenant: here.tenant, channel: here.channel, message };
  }

  function update(message: MessageRef, view: View): void {
    const before = shown.get(message.message);
    if (!before) {
      throw new BotError('not_found', 'That message is not on this screen.', 'Type status to see how it stands now.');
    }
    const blocks = draw(view);
    remember(message.message, blocks, before.where);
    const news = changes(before.blocks, blocks);
    if (news.length === 0) return;
    const titled = news.some((block) => block.kind === 'title');
    const heading = `${before.where} (edited)${titled ? '' : ` ${titleOf(view)}`}`;
    tty.print(['', paint.dim(heading), ...layBlocks(news)]);
  }

  function whisper(view: PrivateView): void {
    lastPrivate = view;
    tell(view);
  }

  function tell(view: PrivateView): MessageRef {
    const message = newId();
    const blocks = draw(view);
    remember(message, blocks, onlyYou);
    tty.print(['', paint.dim(onlyYou), ...layBlocks(blocks)]);
    return { tenant: here.tenant, channel: here.channel, message };
  }

  function takePrivate(): PrivateView | undefined {
    const view = lastPrivate;
    lastPrivate = undefined;
    return view;
  }

  return { post, update, whisper, tell, takePrivate };
}

function changes(before: readonly Block[], after: readonly Block[]): readonly Block[] {
  const old = new Set(before.flatMap((block) => block.entries));
  return after
    .map((block) => ({ ...block, entries: block.entries.filter((entry) => !old.has(entry)) }))
    .filter((block) => block.entries.length > 0);
}

function titleOf(view: View): string {
  const title = view.nodes.find((node) => node.kind === 'title');
  return cleanLine(title ? title.text : view.summary);
}
