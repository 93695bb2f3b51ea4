import type { Command } from '../core/command.js';
import { analytics } from './analytics.js';
import { create } from './create.js';
import { doctor } from './doctor.js';
import { embed } from './embed.js';
import { encoder } from './encoder.js';
import { end } from './end.js';
import { golive } from './golive.js';
import { createHelp } from './help.js';
import { list } from './list.js';
import { moderate } from './moderate.js';
import { recording } from './recording.js';
import { repair } from './repair.js';
import { report } from './report.js';
import { speaker } from './speaker.js';
import { status } from './status.js';
import { studio } from './studio.js';
import { subscribe } from './subscribe.js';
import { subscriptions } from './subscriptions.js';
import { test } from './test.js';
import { unsubscribe } from './unsubscribe.js';

const listed: readonly Command[] = [
  create,
  golive,
  end,
  status,
  list,
  encoder,
  studio,
  moderate,
  speaker,
  test,
  embed,
  recording,
  analytics,
  report,
  repair,
  subscribe,
  unsubscribe,
  subscriptions,
  doctor,
];

/** Every command of the product, in the order in which help tells them. */
export const commands: readonly Command[] = [...listed, createHelp(listed)];
