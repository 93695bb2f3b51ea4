// The real program as the stories start it: between both chat platforms and a behaving Kaltura, on the story's clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../dist/config.js';
import { createEncoder } from '../../dist/playground/encoder.js';
import { createKalturaServer } from '../../dist/playground/kaltura/index.js';
import { startProgram } from '../../dist/program.js';
import { createStoryChance } from './clock.mjs';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs a story with an empty folder for its data, and whatever it has started ends with it, the last first. */
export async function runStory(story) {
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-pictures-'));
  const undo = [() => rm(dataDir, { recursive: true })];
  try {
    return await story(dataDir, undo);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** A Kaltura account and an encoder that sends to it: { url, server, encoder }; options are the server's own. */
export async function startKaltura({ clock, undo, ...options }) {
  const server = createKalturaServer({ clock, random: createStoryChance(), ...options });
  const { url } = await server.start();
  undo.push(() => server.stop());
  const { partnerId, mediaSecret } = server.account;
  return { url, server, encoder: createEncoder({ serviceUrl: url, partnerId, mediaSecret, clock }) };
}

/** Starts the program for the platforms and connects them; what it names itself begins with the prefix. */
export async function startBot({ dataDir, clock, undo, kaltura, platforms, prefix, env = {} }) {
  const { partnerId, adminSecret } = kaltura.server.account;
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    KALTURA_SERVICE_URL: kaltura.url,
    KALTURA_PARTNER_ID: String(partnerId),
    KALTURA_ADMIN_SECRET: adminSecret,
    ...Object.assign({}, ...platforms.map(({ environment }) => environment)),
    ...env,
  });
  let ids = 0;
  const newId = () => `${prefix}-${++ids}`;
  const { stdin: input, stdout: output } = process;
  const program = await startProgram(config, { clock, newId, log: quiet, input, output });
  undo.push(() => program.stop());
  for (const one of platforms) one.connect(`http://127.0.0.1:${program.port}`);
}
