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

  /** Types a line and waits for the call of Slack that ends its answer. */
  async function type(name, text, last, most) {
    const before = kaltura.requests.read().total;
    const answered = until(slack, last);
    const [request] = slack.sign(text, 1);
    const [told] = await Promise.all([answered, post(server.port, request)]);
    const asked = kaltura.requests
      .read()
      .requests.filter(({ number, clientTag }) => number > before && !clientTag?.startsWith('webcast-watch'));
    // After the order to show or to hide it, each look at what viewers get belongs to the wait.
    const waits = asked.filter(({ calls }) => calls.join() === 'livestream.getdetails');
    const counted = asked.filter((one) => !waits.includes(one));
    const calls = counted.map((one) => one.calls.join(' + ')).join('; ');
    rows.push({ name, trips: counted.length, waits: waits.length, calls, most, holds: counted.length <= most });
    say(`${name}: ${counted.length} round trips, and ${waits.length} while waiting`);
    return told;
  }

  try {
    const planned = { method: 'answer', words: 'is planned' };
    await type('create, its form for the first time', 'create', { method: 'views.update', words: 'Transcoding' }, 1);
    await type('create, its form again', 'create', { method: 'views.open', words: 'Transcoding' }, 0);
    const answer = await type('create', 'create "Town hall" --start "in 10 minutes"', planned, 2);
    const id = /\b\d_[a-z0-9]{8}\b/.exec(answer)?.[0];
    if (!id) throw new Error('The answer to create names no entry.');
    await type('status', `status ${id}`, { method: 'answer', words: 'Phase' }, 1);
    await type('encoder', `encoder ${id}`, { method: 'answer', words: 'rtmp' }, 1);
    await type('test', `test ${id}`, { method: 'answer', words: 'Test of' }, 1);
    await type('embed', `embed ${id}`, { method: 'answer', words: 'iframe' }, 1);
    await type('list', 'list', { method: 'answer', words: 'Town hall' }, 1);
    await type('edit, its form', `edit ${id}`, { method: 'views.update', words: 'Town hall' }, 1);
    await type('edit', `edit ${id} --description "All hands"`, { method: 'answer', words: 'is changed' }, 2);
    await type('move', `move ${id} --start "in 15 minutes"`, { method: 'answer', words: 'is moved' }, 1);
    await type('copy', `copy ${id} --start "tomorrow 15:00"`, { method: 'answer', words: 'is planned' }, 3);
    await encoder.start(id);
    await type('golive', `golive ${id} --yes`, { method: 'chat.update', words: 'Live now' }, 2);
    await type('end', `end ${id} --yes`, { method: 'chat.postMessage', words: 'Ended' }, 2);
    await encoder.stop(id);
    await type('adopt', `adopt ${id}`, { method: 'answer', words: "this channel's webcasts" }, 1);
    await type('recording', `recording ${id}`, { method: 'answer', words: 'ecording' }, 2);
    await type('delete', `delete ${id} --yes`, { method: 'answer', words: 'is deleted' }, 2);
  } finally {
    await server.stop();
  }
  return rows;
}

/** Resolves with the body of the first call of a method that holds the words. */
function until(slack, { method, words }) {
  return new Promise((resolve, reject) => {
    const stop = slack.watch((call) => {
      const body = call.method === method ? decode(call.body) : '';
      if (!body.includes(words)) return;
      clearTimeout(late);
      stop();
      resolve(body);
    });
    const late = setTimeout(() => {
      stop();
      reject(new Error(`No ${method} with "${words}" came within ${patience / 1000} s.`));
    }, patience);
  });
}

/** A call's body in plain words, whether it came as a form or as JSON. */
const decode = (body) => (body.startsWith('{') ? body : [...new URLSearchParams(body).values()].join('\n'));
