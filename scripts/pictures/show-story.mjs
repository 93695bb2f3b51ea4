// Plays one show in the real program for Slack and Teams at once, and hands back what stood in four channels at each hour.
import { runStory, startBot, startKaltura } from './bot.mjs';
import { createStoryClock } from './clock.mjs';
import { openSlack } from './show-slack.mjs';
import { openTeams } from './show-teams.mjs';

const name = 'Q3 Town Hall';

/**
 * What stood where: { slack, teams }, each { crew, audience, thread, news } as lists of { caption, at, posted } with
 * blocks or a card. Crew and audience are the card in either channel, hour by hour; the thread is what the crew was told
 * under it, and news are the new messages that the audience got.
 */
export const playShow = () => runStory(play);

async function play(dataDir, undo) {
  const clock = createStoryClock();
  const kaltura = await startKaltura({ clock, undo, recordingReadyAfter: 120 });
  const { encoder } = kaltura;
  const slack = await openSlack(clock, undo);
  const teams = await openTeams(clock, undo);
  await startBot({ dataDir, clock, undo, kaltura, platforms: [slack, teams], prefix: 'show' });
  const each = async (act) => {
    for (const one of [slack, teams]) await act(one);
  };

  const about = '--description "Results of the quarter, and your questions to the board."';
  await slack.type(`create "${name}" ${about} --start "15:00" --duration 45`);
  await slack.reads('crew', 'Scheduled');
  for (const side of ['crew', 'audience']) {
    await each((one) => one.type(`subscribe "${name}" --${side} --remind 15m`, side));
  }
  await each((one) => one.keep('Planned', 'Scheduled'));
  clock.reach('14:45');
  await each((one) => one.announced('A reminder', 'starts in 15 min'));
  clock.reach('14:52');
  await encoder.start();
  await each((one) => one.keep('The encoder sends', 'Preview'));

  clock.reach('15:00');
  await slack.type(`golive "${name}" --yes`);
  await each((one) => one.announced('It is live', 'Live now'));
  clock.reach('15:04');
  await each((one) => one.keep('On air', 'Live since'));
  clock.reach('15:12');
  await encoder.drop();
  await each((one) => one.keep('The picture is lost', 'Interrupted'));
  await each((one) => one.replied('The picture is lost', 'No picture: '));
  clock.reach('15:23');
  await encoder.start();
  await each((one) => one.replied('The picture is back', 'Go live again: '));
  await slack.type(`golive "${name}" --yes`);
  await each((one) => one.replied('Viewers see it again', 'Live again: '));

  clock.reach('15:45:30');
  await slack.type(`end "${name}" --yes`);
  await slack.reads('crew', 'Ended: ');
  await encoder.stop();
  await each((one) =>
    one.keep('Ended', 'recording is being made', 'on air', 'recording follows|Wait for the recording'),
  );
  clock.reach('15:49');
  await each((one) => one.keep('The recording is there', 'recording is ready'));
  await each((one) => one.replied('The recording is there', 'Recording ready: '));
  return { slack: slack.told, teams: teams.told };
}
