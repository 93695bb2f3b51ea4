import { once } from 'node:events';
import { parentPort, Worker } from 'node:worker_threads';
import { startKaltura } from './webcasts.mjs';

// The behaving Kaltura in a thread of its own, so that whoever waits for its answer does not wait for the rest of the benchmark.
if (parentPort) {
  const kaltura = await startKaltura();
  parentPort.on('message', async ({ verb, args }) => {
    parentPort.postMessage(await kaltura[verb](...args));
    if (verb === 'stop') parentPort.close();
  });
  parentPort.postMessage(kaltura.env);
}

/** The same as startKaltura in a thread of its own; what is asked of it is asked one after the other. */
export async function startKalturaApart() {
  const worker = new Worker(new URL(import.meta.url));
  const [env] = await once(worker, 'message');
  let turn = Promise.resolve();
  const ask = (verb, ...args) => {
    turn = turn.then(async () => {
      worker.postMessage({ verb, args });
      const [answer] = await once(worker, 'message');
      return answer;
    });
    return turn;
  };
  return {
    env,
    add: (count) => ask('add', count),
    sendPictures: (ids) => ask('sendPictures', ids),
    stop: () => ask('stop'),
  };
}
