// Somebody in Microsoft Teams types each command, and what they see first is kept: a dialog or an answer.
import { createTeamsDouble } from '../../test/doubles/teams/index.ts';

const place = 'Town Hall Crew';
/** Longer than the bot waits between two looks at a recording. */
const patience = 45_000;
const elsewhere = 'The answer is in your personal chat';

/** A strict Teams with Alex in one channel. */
export async function openTeams(clock, undo) {
  const double = createTeamsDouble({ clock, tokenClock: clock });
  await double.start();
  undo.push(() => double.stop());
  const tenant = double.tenant({ teams: [{ name: 'Event Ops', channels: [place] }] });
  const alex = tenant.user('Alex');
  const says = (seen) => alex.reads(seen).join('\n');
  /** What Alex alone sees, in the channel and in the chat with the bot. */
  const whispers = () =>
    [...alex.sees(place).filter(({ targetedFor }) => targetedFor), ...alex.sees('personal')].filter(
      ({ author, cards }) => author === 'bot' && cards.length > 0,
    );

  /** A quick answer takes the place of the message whose button was pressed; a later one is a message of its own. */
  async function next(what, act) {
    const before = new Map(whispers().map((one) => [one, says(one)]));
    await act();
    const find = () => whispers().find((one) => before.get(one) !== says(one) && !says(one).includes(elsewhere));
    const seen = await double.until(`an answer to ${what} in Teams`, find, patience);
    return alex.buttons(seen).includes('Open the form') ? (await alex.presses(seen, 'Open the form')).dialog : seen;
  }

  return {
    name: 'teams',
    admin: `teams:${alex.aadObjectId}`,
    mentionAnn: '@Megan Bowen',
    environment: tenant.environment(),
    connect: (address) => double.connect(`${address}/api/messages`),
    type: (line) => next(line, () => alex.says(`@Webcast ${line}`, { in: place })),
    fill: (dialog, values) => alex.fills(dialog, values),
    submit: (dialog) => alex.submits(dialog),
    press: (message, title) => next(title, () => alex.presses(message, title)),
    close: (seen) => seen.kind === 'dialog' && alex.closes(seen),
    says: (seen) => JSON.stringify(alex.card(seen)),
    /** What a picture is made of: { dialog } or { message }. */
    keep(seen) {
      const card = structuredClone(alex.card(seen));
      if (seen.kind === 'dialog') return { dialog: { title: seen.title, card, held: alex.holds(seen) } };
      const where = seen.targetedFor ? 'Only you can see this message' : 'In your chat with Webcast';
      return { message: { card, where, at: clock.now() } };
    },
    complaints: () => double.complaints,
  };
}
