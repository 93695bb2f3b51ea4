import type { Context, Reply } from '../../core/command.js';
import { type KnownUsers, type Presenter, sameUser } from '../../core/crew.js';
import { BotError } from '../../core/errors.js';
import type { PrivateView, Text, View } from '../../core/view.js';
import type { EntryId, Webcast } from '../../core/webcast.js';
import { reach } from './invite.js';
import { type Candidate, knownUser } from './user.js';

/** A webcast, who may edit it by name in Kaltura, and which of the users asked for there are. */
export interface Named {
  readonly webcast: Webcast;
  readonly editors: readonly string[];
  readonly users: KnownUsers;
}

/** How often rights are written anew because another writer's list did not hold what is remembered. */
const attempts = 4;

/** Gives each of the people named rights and tells them; those who are no Kaltura users are named in the answer. */
export async function addPresenters(
  candidates: readonly Candidate[],
  { webcast, users }: Named,
  context: Context,
): Promise<Reply> {
  const { store, clock, platform, place } = context;
  const failed: Text[] = [];
  const added: { readonly candidate: Candidate; readonly presenter: Presenter }[] = [];
  for (const candidate of candidates) {
    const user = knownUser(candidate, users);
    if (user === undefined) {
      failed.push([candidate.called, whyUnknown(candidate)]);
      continue;
    }
    const { person } = candidate;
    const chat = person === undefined ? undefined : { platform, tenant: place.tenant, person };
    added.push({ candidate, presenter: { webcast: webcast.id, user, chat } });
  }
  // They are remembered first: whoever writes the list last then sees all who belong into it.
  for (const { presenter } of added) await store.savePresenter(presenter, clock.now());
  if (added.length > 0)
    await nameAll(
      webcast.id,
      added.map(({ presenter }) => presenter.user),
      context,
    );
  const done: Text[] = [];
  for (const { candidate, presenter } of added) done.push(await welcome(candidate, presenter, webcast, context));
  return { to: 'me', webcast: webcast.id, view: outcomeOf(`Presenters of ${webcast.name}`, done, failed) };
}

/** Writes rights until Kaltura's list holds everybody who is remembered, whoever else writes it at the same time. */
async function nameAll(webcast: EntryId, users: readonly string[], { kaltura, store }: Context): Promise<void> {
  let missing = users;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const editors = await kaltura.crew.name(webcast, { add: missing, remove: [] });
    // Read after the list was written, so that nobody comes back who is being removed.
    const remembered = (await store.presenters(webcast)).map(({ user }) => user);
    missing = remembered.filter((user) => !editors.some((one) => sameUser(one, user)));
    if (missing.length === 0) return;
  }
  throw new BotError(
    'busy',
    "Somebody else keeps changing this webcast's editors in Kaltura, so not all presenters are named there.",
    'Type the same again in a minute; /webcast present shows who is missing.',
  );
}

/** Tells a presenter what they may do now, and says how that went. */
async function welcome(
  { person, called }: Candidate,
  { user }: Presenter,
  webcast: Webcast,
  context: Context,
): Promise<Text> {
  const as: Text = [called, ' as ', { code: user }];
  if (person === undefined) return [called, ', who is unknown in chat and was not told'];
  if (person === context.person.id) return as;
  const why = await reach(() => context.tell(person, greetingOf(webcast, user, context.person.id)));
  return why === undefined ? [...as, ', told in private'] : [...as, `, but not told: ${why}`];
}

function greetingOf({ id, name }: Webcast, user: string, by: string): PrivateView {
  const title = `You present ${name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: [{ person: by }, ' added you to its presenters. In Kaltura you are ', { code: user }, '.'],
      },
      {
        kind: 'list',
        items: [
          [{ code: `/webcast studio ${id}` }, ' opens the studio for slides, camera and screen.'],
          [{ code: `/webcast moderate ${id}` }, ' opens the view where questions are answered.'],
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Open the studio', line: `studio ${id}`, style: 'primary' },
          { label: 'Answer questions', line: `moderate ${id}` },
        ],
      },
    ],
  };
}

/** Takes named rights away; links that are out stop working, and an open studio changes nothing any more. */
export async function removePresenters(
  candidates: readonly Candidate[],
  { webcast, editors, users }: Named,
  context: Context,
): Promise<Reply> {
  const { store, kaltura } = context;
  const presenters = await store.presenters(webcast.id);
  const failed: Text[] = [];
  const leaving = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const gone = presenting(candidate, presenters, editors, users, context);
    if (gone.length === 0) failed.push([candidate.called, ' does not present it']);
    for (const user of gone) leaving.set(user, candidate);
  }
  const remove = [...leaving.keys()];
  for (const { user } of presenters) {
    if (remove.some((one) => sameUser(one, user))) await store.removePresenter(webcast.id, user);
  }
  if (remove.length > 0) await kaltura.crew.name(webcast.id, { add: [], remove });
  const done = [...leaving].map(([user, { called }]): Text => [called, ' as ', { code: user }]);
  const title = remove.length > 0 ? `No presenters of ${webcast.name} any more` : `Presenters of ${webcast.name}`;
  return { to: 'me', webcast: webcast.id, view: outcomeOf(title, done, failed) };
}

/** As which users somebody presents: by their place in chat, by their Kaltura user, or named in Kaltura alone. */
function presenting(
  candidate: Candidate,
  presenters: readonly Presenter[],
  editors: readonly string[],
  users: KnownUsers,
  { platform, place }: Context,
): readonly string[] {
  const { person } = candidate;
  const inChat = presenters.filter(
    ({ chat }) =>
      person !== undefined && chat?.platform === platform && chat.tenant === place.tenant && chat.person === person,
  );
  const ids = [...candidate.users, knownUser(candidate, users) ?? ''];
  const isOne = (user: string) => ids.some((id) => sameUser(id, user));
  const byUser = presenters.map(({ user }) => user).filter(isOne);
  return [...new Set([...inChat.map(({ user }) => user), ...byUser, ...editors.filter(isOne)])];
}

function whyUnknown({ users, person }: Candidate): string {
  const [tried] = users;
  const why = tried === undefined ? ': I cannot see an e-mail address' : `: Kaltura knows no user ${tried}`;
  const remedy = person === undefined ? '' : '; an admin can name theirs by /webcast link-account';
  return `${why}${remedy}`;
}

function outcomeOf(title: string, done: readonly Text[], failed: readonly Text[]): View {
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...(done.length > 0 ? [{ kind: 'list', items: done } as const] : []),
      ...(failed.length > 0
        ? ([
            { kind: 'text', text: 'Not done:' },
            { kind: 'list', items: failed },
          ] as const)
        : []),
    ],
  };
}
