// Plays one webcast from plan to deletion in the real program, and keeps what each command shows first on both platforms.
import { commands } from '../../dist/commands/index.js';
import { sayAs } from '../../test/rig/viewer.ts';
import { runStory, startBot, startKaltura } from './bot.mjs';
import { createStoryClock } from './clock.mjs';
import { openSlack } from './commands-slack.mjs';
import { openTeams } from './commands-teams.mjs';

const name = 'Q3 Town Hall';
const follow = `subscribe "${name}" --crew --questions --remind 1d,15m`;
const description = 'Results of the quarter, and your questions to the board.';

/** What each command shows first: { slack, teams } by name of the command, each { form }, { dialog } or { message }. */
export const playCommands = () =>
  runStory(async (dataDir, undo) => {
    const stage = await openStage(dataDir, undo);
    await plan(stage);
    await run(stage);
    await lookBack(stage);
    return stage.finish();
  });

async function openStage(dataDir, undo) {
  const clock = createStoryClock();
  const kaltura = await startKaltura({ clock, undo, recordingReadyAfter: 60, features: ['ENTRY_REPLACEMENT'] });
  const platforms = [await openSlack(clock, undo), await openTeams(clock, undo)];
  const [slack, teams] = platforms;
  const env = { PUBLIC_URL: 'https://webcast.example.com', BOT_ADMINS: `${slack.admin},${teams.admin}` };
  await startBot({ dataDir, clock, undo, kaltura, platforms, prefix: 'command', env });
  const pictures = {};

  return {
    clock,
    slack,
    teams,
    encoder: kaltura.encoder,
    /** Types a command on both platforms, and keeps what comes; a line may differ, and a form may be filled first. */
    async show(command, line, values) {
      const seen = {};
      pictures[command] = {};
      for (const one of platforms) {
        // People take their time, and platforms take only so many messages in a second.
        clock.skip(5_000);
        const shown = await one.type(typeof line === 'function' ? line(one) : line);
        if (values) await one.fill(shown, values[one.name] ?? values);
        pictures[command][one.name] = one.keep(shown);
        seen[one.name] = shown;
      }
      return seen;
    },
    /** Calls Kaltura's API as somebody does in its own console. */
    call: (service, action, body) => callKaltura(kaltura, service, action, body),
    control: (path, body) => fetch(`${kaltura.url}/_control/${path}`, { method: 'POST', body: JSON.stringify(body) }),
    ask: (entry, viewer, text) => sayAs({ url: kaltura.url, ...kaltura.server.account }, viewer, entry, text),
    closeForms: async (seen) => {
      for (const one of platforms) await one.close(seen[one.name]);
    },
    finish() {
      const complaints = platforms.flatMap((one) => one.complaints());
      if (complaints.length > 0) throw new Error(`The platforms complain: ${complaints.join('; ')}`);
      const lacking = commands.filter((command) => !(command.name in pictures)).map((command) => command.name);
      if (lacking.length > 0)
        throw new Error(`No picture of ${lacking.join(', ')}: add a line to scripts/pictures/commands-story.mjs.`);
      return pictures;
    },
  };
}

/** Forty minutes before the show. */
async function plan(stage) {
  const { show, closeForms, slack, teams, clock } = stage;
  await show('help', 'help');
  await show('doctor', 'doctor');
  const start = Date.parse('2026-12-03T15:00+01:00');
  const create = await show('create', 'create', {
    slack: { Name: name, Description: description, Start: start / 1000, Duration: '45', Tags: 'all hands, finance' },
    teams: {
      name,
      description,
      'start.date': '2026-12-03',
      'start.time': '15:00',
      duration: '45',
      tags: 'all hands, finance',
    },
  });
  await slack.submit(create.slack);
  await slack.whispered('is planned');
  await teams.close(create.teams);
  const webcast = `"${name}"`;
  await show('subscribe', follow);
  await show('subscriptions', 'subscriptions');
  await closeForms(await show('edit', `edit ${webcast}`));
  await show('move', ({ name: platform }) => `move ${webcast} ${platform === 'slack' ? '"15:30"' : '"15:00"'}`);
  await show('encoder', `encoder ${webcast}`);
  for (const id of ['ada@example.com', 'ann.smith', 'alex.wilber@contoso.example']) {
    await stage.call('user', 'add', { user: { objectType: 'KalturaUser', id } });
  }
  await show('link-account', ({ mentionAnn }) => `link-account ${mentionAnn} ann.smith`);
  await show('present', ({ mentionAnn }) => `present add ${mentionAnn} ${webcast}`);
  const biography = '--title "Chief Financial Officer" --link https://example.com/ada';
  await show('speaker', `speaker add "Ada Moreno" ${biography} --webcast ${webcast}`);
  await show('repair', `repair ${webcast}`);
  await show('studio', `studio ${webcast}`);
  await show('moderate', `moderate ${webcast}`);
  await show('embed', `embed ${webcast}`);
  const elsewhere = await stage.call('liveStream', 'add', {
    liveStreamEntry: { objectType: 'KalturaLiveStreamEntry', name: 'Product Update', mediaType: 201 },
    sourceType: 32,
  });
  const adopt = await show('adopt', `adopt ${elsewhere.id}`);
  await slack.press(adopt.slack, 'Take it in');
  clock.reach('14:52');
}

/** From the first picture to the end. */
async function run(stage) {
  const { show, closeForms, slack, teams, clock, encoder } = stage;
  const webcast = `"${name}"`;
  await encoder.start(name);
  await encoder.start(name, { backup: true });
  clock.reach('14:57');
  await show('test', `test ${webcast}`);
  await show('preview', `preview ${webcast}`);
  await show('access', `access ${webcast}`);
  const golive = await show('golive', `golive ${webcast}`);
  clock.reach('15:00');
  await slack.click(golive.slack, 'Go live');
  await slack.posted('Live now');
  clock.reach('15:12');
  await show('status', `status ${webcast}`);
  const marked = { slack: 'CFO numbers', teams: 'Questions begin' };
  await show('mark', ({ name: platform }) => `mark "${marked[platform]}" --webcast ${webcast}`);
  await show('marks', `marks ${webcast}`);
  const entry = /\b[01]_[a-z0-9]{8}\b/.exec(slack.says(golive.slack))[0];
  const asked = [];
  for (const [viewer, text] of [
    ['vera@example.com', 'Will the slides be shared after the call?'],
    ['tom@example.com', 'What do the numbers mean for the new office?'],
    ['mia@example.com', 'The sound is low on my side. Is it just me?'],
  ])
    asked.push(await stage.ask(entry, viewer, text));
  await show('questions', `questions ${webcast}`);
  await closeForms(await show('answer', `answer ${asked[0]}`));
  await show('dismiss', ({ name: platform }) => `dismiss ${asked[platform === 'slack' ? 1 : 2]}`);
  const announce = await show('announce', `announce "The slides are on the intranet." --webcast ${webcast}`);
  const sent = {};
  for (const one of [slack, teams]) {
    const told = await one.press(announce[one.name], 'Announce');
    sent[one.name] = /withdraw ([01]_[a-z0-9]{8})/.exec(one.says(told))[1];
  }
  await show('withdraw', ({ name: platform }) => `withdraw ${sent[platform]}`);
  clock.reach('15:45');
  const end = await show('end', `end ${webcast}`);
  clock.reach('15:46');
  await slack.click(end.slack, 'End');
  await slack.posted('Ended');
  await encoder.stop(name);
  await slack.posted('recording is being made');
  clock.reach('15:50');
  // The bot looks at a webcast when its followers change, and sees the recording; by itself it would within half a minute.
  await slack.type(follow);
  await slack.posted('recording is ready');
}

/** What is left of the show. */
async function lookBack(stage) {
  const { show, closeForms } = stage;
  const webcast = `"${name}"`;
  await show('recording', `recording ${webcast}`);
  await closeForms(await show('recording-edit', `recording-edit ${webcast}`));
  await show('analytics', `analytics ${webcast}`);
  await show('report', `report ${webcast}`);
  await lengthenRecording(stage);
  await show('trim', `trim ${webcast}`);
  await show('list', 'list');
  await show('copy', `copy ${webcast}`);
  await show('delete', `delete ${webcast}`);
  await show('unsubscribe', `unsubscribe ${webcast}`);
}

/** As in accounts that record from the first picture on: what was sent before and after the show is in it. */
async function lengthenRecording({ call, control }) {
  const { objects } = await call('liveStream', 'list', { filter: { objectType: 'KalturaLiveStreamEntryFilter' } });
  const { recordedEntryId } = objects.find((entry) => entry.name === name);
  await control('recordings', { entryId: recordedEntryId, seconds: 54 * 60 + 30 });
}

async function callKaltura({ url, server }, service, action, body) {
  const { partnerId, adminSecret } = server.account;
  const request = async (where, params) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 1, ...params }),
    };
    const answer = await (await fetch(`${url}/api_v3/service/${where}`, init)).json();
    if (answer?.objectType === 'KalturaAPIException') throw new Error(`${where}: ${answer.message}`);
    return answer;
  };
  const ks = await request('session/action/start', { secret: adminSecret, partnerId, type: 2 });
  return request(`${service}/action/${action}`, { ks, ...body });
}
