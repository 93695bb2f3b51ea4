import { BotError } from '../../core/errors.js';
import type { Clock, MessageRef, Place, Platform, Reference, Whom } from '../../core/ports.js';
import { filesOf, isPrivate, type PrivateView, say, type View } from '../../core/view.js';
import { inThread, type Turn, threadOf } from './activity.js';
import type { Pen } from './buttons.js';
import { type Connector, complete } from './connector.js';
import { closedBy, outcomeOf } from './errors.js';
import { type Names, nobody } from './markdown.js';
import { type NameOf, namePeople } from './naming.js';
import type { KeepOffer } from './offer.js';
import type { RememberedReferences } from './references.js';
import { type Message, peopleIn, render, renderShort } from './render.js';

/** Posts, edits and whispers in Teams. */
export interface Send extends Pick<Platform, 'post' | 'update' | 'whisper' | 'tell'> {
  /** Posts where a turn was, in its thread. */
  postAt(turn: Turn, view: View): Promise<MessageRef>;
  /** Shows a view to the person of a turn alone. */
  whisperAt(turn: Turn, view: PrivateView): Promise<void>;
  /** Edits a message that only the person of a turn sees; false when it cannot take this view. */
  replaceAt(turn: Turn, message: string, view: PrivateView): Promise<boolean>;
}

export interface SendParts {
  readonly connector: Connector;
  readonly references: RememberedReferences;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly keepOffer: KeepOffer;
  readonly nameOf: NameOf;
  /** Writes what the buttons carry, on one person's own message or on one for all who read along. */
  penFor(tenant: string, own: boolean): Pen;
}

/** How long a conversation that takes no messages for one person is not asked again, in milliseconds. */
const reconsider = 10 * 60_000;
/**
 * How often an answer to a person is tried where Teams takes no messages for a moment, the rest between unless Teams asks
 * for another, and the longest that a person is kept waiting, in milliseconds.
 */
const mostTries = 3;
const rest = 1000;
const longestRest = 10_000;

type Way = Pick<Turn, 'bot' | 'serviceUrl' | 'conversation' | 'place'>;
/** What a chat can be opened from. */
type Near = Pick<Way, 'bot' | 'serviceUrl'>;

export function createSend({ connector, references, penFor, clock, signal, keepOffer, nameOf }: SendParts): Send {
  const untargeted = new Map<string, number>();

  async function post(place: Place, view: View, under?: MessageRef): Promise<MessageRef> {
    const reference = await wayTo(place);
    const root = under && threadOf(under.message);
    if (root !== undefined) return postBy({ ...reference, conversation: inThread(place.channel, root), place }, view);
    if (reference.kind === 'channel') return openThread(reference, place, view);
    return postBy({ ...reference, place }, view);
  }

  // What a command has done is done, so that its news is not given up where a channel is busy for some seconds.
  const postAt = (turn: Turn, view: View): Promise<MessageRef> =>
    whenTaken(() => {
      // A channel's conversation without a thread stands for its list of threads.
      if (turn.kind === 'channel' && threadOf(turn.conversation) === undefined)
        return openThread(turn, turn.place, view);
      return postBy(turn, view);
    });

  async function postBy(way: Way, view: View): Promise<MessageRef> {
    const { place, conversation } = way;
    const id = await guard(place, async () => {
      const names = await namesIn(way, view);
      return fitting(penFor(place.tenant, false), refuseSecrets(view), (message) => sendBy(way, message), names);
    });
    return { tenant: place.tenant, channel: place.channel, message: inThread(id, threadOf(conversation)) };
  }

  async function openThread(way: Pick<Way, 'bot' | 'serviceUrl'>, place: Place, view: View): Promise<MessageRef> {
    const { tenant, channel } = place;
    const opened = await guard(place, async () => {
      const names = await namesIn({ ...way, place }, view);
      const open = (message: Message) =>
        connector.open(way.serviceUrl, {
          isGroup: true,
          bot: { id: way.bot },
          tenantId: tenant,
          channelData: { channel: { id: channel }, tenant: { id: tenant } },
          activity: { ...message, from: { id: way.bot } },
        });
      return fitting(penFor(tenant, false), refuseSecrets(view), open, names);
    });
    const id = opened.message || (threadOf(opened.conversation) ?? '');
    return { tenant, channel, message: inThread(id, threadOf(opened.conversation)) };
  }

  async function update(ref: MessageRef, view: View): Promise<void> {
    const { tenant, channel } = ref;
    const place: Place = { tenant, channel, direct: false };
    const reference = await wayTo(place);
    const [id = '', thread] = ref.message.split(';messageid=');
    const to = { serviceUrl: reference.serviceUrl, conversation: inThread(channel, thread) };
    await guard(place, () =>
      fitting(penFor(tenant, false), refuseSecrets(view), (message) =>
        connector.edit(to, id, complete(message, { bot: reference.bot, ...to })),
      ),
    );
  }

  async function tell(tenant: string, person: string, said: PrivateView, place?: Place): Promise<MessageRef> {
    const view = await namePeople(said, tenant, nameOf);
    const near = place && (await references.find(place.tenant, place.channel));
    const told = await whisperDirectly(tenant, person, near, view);
    await offerFiles(tenant, person, near, view, (sorry) => whisperDirectly(tenant, person, near, sorry));
    return told;
  }

  async function whisper({ place, person }: Whom, said: PrivateView): Promise<void> {
    const view = await namePeople(said, place.tenant, nameOf);
    const near = await references.find(place.tenant, place.channel);
    await withFiles(place.tenant, person.id, near, view, async (shown) => {
      if (!place.direct) {
        await whisperDirectly(place.tenant, person.id, near, shown);
        return;
      }
      const reference = await wayTo(place);
      await guard(place, () =>
        fitting(penFor(place.tenant, true), shown, (message) => sendBy({ ...reference, place }, message)),
      );
    });
  }

  async function withFiles(
    tenant: string,
    person: string,
    near: Near | undefined,
    view: PrivateView,
    show: (view: PrivateView) => Promise<unknown>,
  ): Promise<void> {
    await show(view);
    await offerFiles(tenant, person, near, view, show);
  }

  /** Offers the files of a view in the personal chat: Teams takes files nowhere else, and only from whom wants them. */
  async function offerFiles(
    tenant: string,
    person: string,
    near: Near | undefined,
    view: PrivateView,
    apologize: (sorry: View) => Promise<unknown>,
  ): Promise<void> {
    for (const file of filesOf(view)) {
      try {
        const way = await wayToPerson(tenant, person, near);
        const message = await keepOffer(tenant, person, file);
        await guard({ tenant, channel: way.conversation, direct: true }, () =>
          connector.send(way, complete(message, way)),
        );
      } catch (error) {
        if (!(error instanceof BotError) || error.code === 'bug') throw error;
        await apologize(say(`${file.name} could not be offered.`, `${error.message} ${error.hint}`));
      }
    }
  }

  /** In a personal chat a plain message, elsewhere one that only the person sees; secrets go to the personal chat only. */
  async function whisperAt(turn: Turn, said: PrivateView): Promise<void> {
    const { place, person } = turn;
    const view = await namePeople(said, place.tenant, nameOf);
    await withFiles(place.tenant, person.id, turn, view, (shown) => showAt(turn, shown));
  }

  async function showAt(turn: Turn, view: PrivateView): Promise<void> {
    const { place, person } = turn;
    if (place.direct) {
      await guard(place, () => fitting(penFor(place.tenant, true), view, (message) => sendBy(turn, message)));
      return;
    }
    if (holdsSecret(view)) return whisperSecret(turn, view);
    if (await targetOrNot(turn, view)) return;
    await whisperDirectly(place.tenant, person.id, turn, view);
  }

  /** Whether a message for one person could be sent here; where it is not taken, it is not tried again for a while. */
  async function targetOrNot(turn: Turn, view: PrivateView): Promise<boolean> {
    const { channel } = turn.place;
    if ((untargeted.get(channel) ?? 0) > clock.now()) return false;
    untargeted.delete(channel);
    try {
      await whenTaken(() => target(turn, view));
      return true;
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome?.kind === 'refused' && outcome.status !== 429) untargeted.set(channel, clock.now() + reconsider);
      else if (!isBusy(error)) throw error;
      return false;
    }
  }

  /** Sends once Teams takes messages there again: a channel that is busy for some seconds is no channel without whispers. */
  async function whenTaken<T>(send: () => Promise<T>): Promise<T> {
    for (let tries = 1; tries < mostTries; tries += 1) {
      try {
        return await send();
      } catch (error) {
        if (!isBusy(error) || (error.retryAfter ?? rest) > longestRest) throw error;
        await clock.wait(error.retryAfter ?? rest, signal);
      }
    }
    return send();
  }

  async function whisperSecret(turn: Turn, view: PrivateView): Promise<void> {
    const { place, person } = turn;
    try {
      await whisperDirectly(place.tenant, person.id, turn, view);
    } catch (error) {
      if (!(error instanceof BotError) || error.code !== 'cannot_post') throw error;
      const why = 'This may only be shown in your personal chat with Webcast, which is not open yet.';
      await target(turn, say(why, 'Open a chat with Webcast, add the app there, and type the same command.'));
      return;
    }
    await attempt(() => target(turn, say('The answer is in your personal chat with Webcast.')));
  }

  const target = (turn: Turn, view: PrivateView): Promise<string> =>
    fitting(penFor(turn.place.tenant, true), view, (message) =>
      connector.send(turn, { ...complete(message, turn), recipient: { id: turn.user } }, true),
    );

  async function replaceAt(turn: Turn, id: string, said: PrivateView): Promise<boolean> {
    const targeted = !turn.place.direct;
    if (targeted && holdsSecret(said)) return false;
    const view = await namePeople(said, turn.place.tenant, nameOf);
    const pen = penFor(turn.place.tenant, true);
    const edit = () => fitting(pen, view, (message) => connector.edit(turn, id, complete(message, turn), targeted));
    if (!(await attempt(edit))) return false;
    await offerFiles(turn.place.tenant, turn.person.id, turn, view, (sorry) => showAt(turn, sorry));
    return true;
  }

  async function whisperDirectly(
    tenant: string,
    person: string,
    near: Near | undefined,
    view: PrivateView,
  ): Promise<MessageRef> {
    const way = await wayToPerson(tenant, person, near);
    const place: Place = { tenant, channel: way.conversation, direct: true };
    const message = await guard(place, () =>
      fitting(penFor(tenant, true), view, (drawn) => sendBy({ ...way, place }, drawn)),
    );
    return { tenant, channel: place.channel, message };
  }

  async function wayToPerson(tenant: string, person: string, near: Near | undefined) {
    const known = await references.findPersonal(tenant, person);
    const way = known?.state === 'open' ? known : near && (await openChat(tenant, person, near));
    if (!way) throw nowhere();
    return way;
  }

  async function openChat(tenant: string, person: string, { bot, serviceUrl }: Near) {
    const { conversation } = await connector.open(serviceUrl, {
      isGroup: false,
      bot: { id: bot },
      members: [{ id: person }],
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    });
    return { bot, serviceUrl, conversation };
  }

  const sendBy = (way: Way, message: Message): Promise<string> => connector.send(way, complete(message, way));

  /** The names of those whom a view calls; whoever is not in the conversation cannot be called there. */
  async function namesIn({ serviceUrl, place }: Pick<Way, 'serviceUrl' | 'place'>, view: View): Promise<Names> {
    const names = new Map<string, string>();
    for (const person of peopleIn(view)) {
      await attempt(async () => {
        const { name } = await connector.member({ serviceUrl, conversation: place.channel }, person);
        if (name) names.set(person, name);
      });
    }
    return names;
  }

  /** Draws and sends, and once more in the short form when Teams finds the whole too large. */
  async function fitting<T>(
    pen: Pen,
    view: PrivateView,
    send: (message: Message) => Promise<T>,
    names: Names = nobody,
  ): Promise<T> {
    try {
      return await send(render(view, pen, names));
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome?.kind !== 'refused' || outcome.status !== 413) throw error;
      return send(renderShort(view, pen));
    }
  }

  /** Remembers a conversation that takes nothing any more. */
  async function guard<T>(place: Place, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const state = closedBy(error);
      if (state) await references.close(place.tenant, place.channel, state);
      throw error;
    }
  }

  async function wayTo(place: Place): Promise<Reference> {
    const reference = await references.find(place.tenant, place.channel);
    if (reference?.state !== 'open') throw nowhere();
    return reference;
  }

  return { post, update, whisper, tell, postAt, whisperAt, replaceAt };
}

const nowhere = (): BotError =>
  new BotError(
    'cannot_post',
    'Webcast is not in this conversation, so it cannot post here.',
    'Add the app to the team or chat, then try again.',
  );

const holdsSecret = (view: PrivateView): boolean => view.nodes.some(({ kind }) => kind === 'secret' || kind === 'door');

/** The types keep secrets out of public messages; this keeps them out whatever was cast. */
function refuseSecrets(view: View): View {
  const nodes: PrivateView['nodes'] = view.nodes;
  if (nodes.some(isPrivate)) {
    throw new BotError('bug', 'A secret was about to be posted where others read it.', 'This is ours to mend.');
  }
  return view;
}

/** Whether it could be sent that way; there are others, so a refusal is no error here. */
async function attempt(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (outcomeOf(error)?.kind === 'refused') return false;
    throw error;
  }
}

const isBusy = (error: unknown): error is BotError => error instanceof BotError && error.code === 'busy';
