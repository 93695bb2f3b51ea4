// Somebody in Slack types each command, and what they see first is kept: a form or an answer.
import { createSlackDouble } from '../../test/doubles/slack/index.ts';

const channel = 'town-hall-crew';
/** Longer than the bot waits between two looks at a recording. */
const patience = 45_000;
const people = { U0ADA0001: 'Ada Moreno', U0ANN0001: 'Ann Smith' };
const scopes = [
  'commands',
  'chat:write',
  'chat:write.public',
  'im:write',
  'users:read',
  'users:read.email',
  'files:write',
];

/** A strict Slack with Ada in one channel. */
export async function openSlack(clock, undo) {
  const double = createSlackDouble({ clock });
  const { apiUrl } = await double.start();
  undo.push(() => double.stop());
  const [signingSecret, botToken] = ['signing secret of the commands', 'xoxb-commands'];
  const workspace = double.workspace({
    signingSecret,
    botToken,
    scopes: [...scopes, 'usergroups:read'],
    users: [
      { name: 'ada', id: 'U0ADA0001', realName: people.U0ADA0001, tz: 'Europe/Berlin' },
      { name: 'ann', id: 'U0ANN0001', realName: people.U0ANN0001, tz: 'Europe/Berlin' },
    ],
    channels: [{ name: channel }],
  });
  const ada = workspace.user('ada');
  const whispers = () => workspace.ephemerals(channel, 'ada');
  /** The pictures of curves in a message are files, whose bytes stand in for the address that Slack would give them. */
  const filesOf = () =>
    Object.fromEntries(
      [...workspace.state.files].map(([id, { bytes }]) => [id, bytes && Buffer.from(bytes).toString('base64')]),
    );

  const says = (seen) => JSON.stringify([seen.text, seen.blocks]);
  const found = (words, messages) =>
    double.until(`"${words}" in Slack`, () => messages().find((one) => says(one).includes(words)), patience);

  async function next(what, act) {
    const before = new Set(whispers());
    await act();
    const find = () => {
      const form = ada.modal();
      return form?.body.submit ? form : whispers().find((one) => !before.has(one));
    };
    return double.until(`an answer to ${what} in Slack`, find, patience);
  }

  return {
    name: 'slack',
    admin: 'slack:U0ADA0001',
    mentionAnn: '@ann',
    environment: { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl },
    connect: (address) => workspace.connect(`${address}/slack/events`),
    type: (line) => next(line, () => ada.runs(`/webcast ${line}`, { in: channel, escape: true })),
    fill: (form, values) => ada.fills(form, values),
    submit: (form) => ada.submits(form),
    press: (message, label) => next(label, () => ada.clicks(message, label)),
    click: (message, label) => ada.clicks(message, label),
    close: (seen) => seen.kind === 'view' && ada.closes(seen),
    says,
    posted: (words) => found(words, () => workspace.messages(channel)),
    whispered: (words) => found(words, whispers),
    /** What a picture is made of: { form } or { message }. */
    keep: (seen) =>
      seen.kind === 'view'
        ? { form: { ...structuredClone(seen.body), state: structuredClone(seen.states.get(ada.id)) } }
        : {
            message: { blocks: structuredClone(seen.blocks), private: true, at: clock.now(), people, files: filesOf() },
          },
    complaints: () => double.complaints,
  };
}
