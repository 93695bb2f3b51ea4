import type { Context, Reply } from '../../core/command.js';
import type { Presenter } from '../../core/crew.js';
import { BotError } from '../../core/errors.js';
import type { Piece, PublicNode, Text } from '../../core/view.js';
import type { Webcast } from '../../core/webcast.js';
import { doorTo, type Tool } from './door.js';

/** Tells somebody something in private; the words say why that could not be, undefined that it was done. */
export async function reach(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof BotError) || error.code === 'bug') throw error;
    return error.message;
  }
}

/** How a presenter is called here: by name where this chat knows them, by their Kaltura user elsewhere. */
export function calledHere({ user, chat }: Presenter, { platform, place }: Context): Piece {
  const here = chat?.platform === platform && chat.tenant === place.tenant;
  return here ? { person: chat.person } : { code: user };
}

/** Sends each presenter a link of their own, and says who could not be reached and why. */
export async function inviteAll(
  tool: Tool,
  webcast: Webcast,
  presenters: readonly Presenter[],
  context: Context,
): Promise<Reply> {
  if (presenters.length === 0) {
    throw new BotError(
      'not_found',
      `"${webcast.name}" has no presenters yet.`,
      'Add them by /webcast present add, with each chosen by an @ while you type.',
    );
  }
  const reached: Text[] = [];
  const missed: Text[] = [];
  for (const presenter of presenters) {
    const called = calledHere(presenter, context);
    const why = await invite(tool, webcast, presenter, context);
    if (why === undefined) reached.push([called]);
    else missed.push([called, `: ${why}`]);
  }
  const title = `${tool.what} links of ${webcast.name}`;
  const nodes: PublicNode[] = [{ kind: 'title', text: title }];
  if (reached.length > 0) nodes.push({ kind: 'text', text: 'Sent in private to:' }, { kind: 'list', items: reached });
  if (missed.length > 0) nodes.push({ kind: 'text', text: 'Not reached:' }, { kind: 'list', items: missed });
  return { to: 'me', webcast: webcast.id, view: { summary: title, nodes } };
}

async function invite(
  tool: Tool,
  { id, name }: Webcast,
  presenter: Presenter,
  context: Context,
): Promise<string | undefined> {
  const { platform, place, tell } = context;
  const { chat, user } = presenter;
  if (!chat) return 'Nobody in chat is known to be this Kaltura user. Add the person by an @ instead.';
  if (chat.platform !== platform || chat.tenant !== place.tenant)
    return `This one is in another chat (${chat.platform}), and can type /webcast ${tool.name} there.`;
  const { person } = chat;
  const errand = { kind: tool.errand, webcast: id, name, user, by: 'presenter' } as const;
  return reach(async () => tell(person, await doorTo(errand, tool, person, context)));
}
