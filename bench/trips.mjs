import { systemClock } from '../dist/clock.js';
import { createEncoder } from '../dist/playground/encoder.js';
import { startServer } from './child.mjs';
import { post } from './load.mjs';

const patience = 20_000;

/** Counts what Kaltura is asked while each command of one show is served, from planning to the recording. */
export async function countTrips({ slack, kaltura, program, say }) {
  const { partnerId, mediaSecret } = kaltura.account;
  const serviceUrl = program.env.KALTURA_SERVICE_URL;
  const encoder = createEncoder({ serviceUrl, partnerId, mediaSecret, clock: systemClock });
  const server = await startServer(program.file, program.env);
  const rows = [];

  /** Types a line and waits for the words that end its answer. */
  async function type(name, text, words, most) {
    const before = kaltura.requests.read().total;
    const answered = until(slack, words);
    const [request] = slack.sign(text, 1);
    const [told] = await Promise.all([answered, post(server.port, request)]);
    const asked = kaltura.requests
      .read()
      .requests.filter(({ number, clientTag }) => number > before && !clientTag?.startsWith('webcast-watch'));
    // Every look at what viewers get, after the order to show it, is part of the wait.
    const waits = asked.filter(({ calls }) => name !== 'status' && calls.join() === 'livestream.getdetails');
    const counted = asked.filter((one) => !waits.includes(one));
    const calls = counted.map((one) => one.calls.join(' + ')).join('; ');
    rows.push({ name, trips: counted.length, waits: waits.length, calls, most, holds: counted.length <= most });
    say(`${name}: ${counted.length} round trips, and ${waits.length} while waiting (${calls})`);
    return told;
  }

  try {
    const create = 'create "Town hall" --start "in 10 minutes"';
    const card = await type('create, the first', create, 'Entry id', 2);
    const id = /\b\d_[a-z0-9]{8}\b/.exec(decodeURIComponent(card))?.[0];
    if (!id) throw new Error('The answer to create names no entry.');
    await type('create, another', 'create "Rehearsal" --start "in 10 minutes"', 'Entry id', 2);
    await type('status', `status ${id}`, 'Phase', 1);
    await type('encoder', `encoder ${id}`, 'rtmp', 1);
    await type('embed', `embed ${id}`, 'iframe', 1);
    await type('list', 'list', 'Rehearsal', 1);
    await encoder.start(id);
    await type('golive', `golive ${id} --yes`, 'Live now', 2);
    await type('end', `end ${id} --yes`, 'recording', 2);
    await encoder.stop(id);
    await type('recording', `recording ${id}`, 'ecording', 2);
  } finally {
    await server.stop();
  }
  return rows;
}

/** Resolves with the body of the first call that holds the words. */
function until(slack, words) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      stop();
      reject(new Error(`Nothing with "${words}" was said within ${patience / 1000} s.`));
    }, patience);
    const stop = slack.watch(({ body }) => {
      if (!body.replaceAll('+', ' ').includes(words.replaceAll('+', ' ')) && !decode(body).includes(words)) return;
      clearTimeout(late);
      stop();
      resolve(body);
    });
  });
}

/** A call's body in plain words, whether it came as a form or as JSON. */
function decode(body) {
  if (body.startsWith('{')) return body;
  return [...new URLSearchParams(body).values()].join('\n');
}
