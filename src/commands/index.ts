import type { Command } from '../core/command.js';
import { access } from './access.js';
import { adopt } from './adopt.js';
import { analytics } from './analytics.js';
import { announce } from './announce.js';
import { answer } from './answer.js';
import { copy } from './copy.js';
import { create } from './create.js';
import { remove } from './delete.js';
import { dismiss } from './dismiss.js';
import { doctor } from './doctor.js';
import { edit } from './edit.js';
import { embed } from './embed.js';
import { encoder } from './encoder.js';
import { end } from './end.js';
import { golive } from './golive.js';
import { type Chapter, createHelp } from './help.js';
import { linkAccount } from './link-account.js';
import { list } from './list.js';
import { mark } from './mark.js';
import { marks } from './marks.js';
import { moderate } from './moderate.js';
import { move } from './move.js';
import { present } from './present.js';
import { preview } from './preview.js';
import { questions } from './questions.js';
import { recording } from './recording.js';
import { recordingEdit } from './recording-edit.js';
import { repair } from './repair.js';
import { report } from './report.js';
import { speaker } from './speaker.js';
import { status } from './status.js';
import { studio } from './studio.js';
import { subscribe } from './subscribe.js';
import { subscriptions } from './subscriptions.js';
import { test } from './test.js';
import { trim } from './trim.js';
import { unsubscribe } from './unsubscribe.js';
import { withdraw } from './withdraw.js';

/** Every command but help, as people look for them. */
const chapters: readonly Chapter[] = [
  {
    title: 'Plan',
    commands: [create, edit, move, copy, adopt, speaker, access, repair, remove],
  },
  {
    title: 'Prepare',
    commands: [encoder, present, studio, moderate, test, preview],
  },
  {
    title: 'On air',
    commands: [golive, end, status, list, mark, questions, answer, dismiss, announce, withdraw],
  },
  {
    title: 'Players and recordings',
    commands: [embed, recording, recordingEdit, trim, marks, analytics, report],
  },
  {
    title: 'Channels, people and the bot',
    commands: [subscribe, unsubscribe, subscriptions, linkAccount, doctor],
  },
];

/** Every command of the product, in the order in which help tells them. */
export const commands: readonly Command[] = [...chapters.flatMap((chapter) => chapter.commands), createHelp(chapters)];
