import type { Command } from '../core/command.js';
import { access } from './access.js';
import { adopt } from './adopt.js';
import { analytics } from './analytics.js';
import { copy } from './copy.js';
import { create } from './create.js';
import { remove } from './delete.js';
import { doctor } from './doctor.js';
import { edit } from './edit.js';
import { embed } from './embed.js';
import { encoder } from './encoder.js';
import { end } from './end.js';
import { golive } from './golive.js';
import { createHelp } from './help.js';
import { list } from './list.js';
import { moderate } from './moderate.js';
import { move } from './move.js';
import { preview } from './preview.js';
import { recording } from './recording.js';
import { report } from './report.js';
import { status } from './status.js';
import { studio } from './studio.js';
import { subscribe } from './subscribe.js';
import { subscriptions } from './subscriptions.js';
import { test } from './test.js';
import { unsubscribe } from './unsubscribe.js';

const listed: readonly Command[] = [
  create,
  edit,
  move,
  golive,
  end,
  status,
  list,
  encoder,
  studio,
  moderate,
  test,
  preview,
  access,
  embed,
  recording,
  analytics,
  report,
  copy,
  adopt,
  remove,
  subscribe,
  unsubscribe,
  subscriptions,
  doctor,
];

/** Every command of the product, in the order in which help tells them. */
export const commands: readonly Command[] = [...listed, createHelp(listed)];
