import { Worker } from 'node:worker_threads';
import type { Chart } from '../core/chart.js';
import type { Clock, DrawChart } from '../core/ports.js';
import type { Answer } from './worker.js';

/** Draws curves, and holds what that takes only while it is drawing. */
export interface Drawing {
  readonly drawChart: DrawChart;
  stop(): Promise<void>;
}

/** How long (ms) a worker is kept for the next curve, and how many curves it draws at most. */
const kept = { idle: 60_000, pictures: 20 };

/**
 * Draws in a thread of its own, one curve after the other. Loading what draws takes the thread half a second, which
 * nobody's answer may wait for; and a picture's 2 MB of pixels lie outside of the heap that V8 looks at, so that they
 * would pile up where the thread did not end.
 */
export function createDrawing(clock: Clock, entry = new URL('./worker.js', import.meta.url)): Drawing {
  let worker: Worker | undefined;
  let pictures = 0;
  let resting = new AbortController();
  let lane: Promise<unknown> = Promise.resolve();

  async function draw(chart: Chart): Promise<Uint8Array<ArrayBuffer>> {
    resting.abort();
    // What draws needs nothing of the program's own settings, secrets among them.
    worker ??= new Worker(entry, { execArgv: [], env: {} });
    worker.ref();
    pictures += 1;
    try {
      return await ask(worker, chart);
    } finally {
      if (pictures >= kept.pictures) await end();
      else if (worker) rest(worker);
    }
  }

  /** A resting thread keeps no program from ending, and ends by itself. */
  function rest(rested: Worker): void {
    rested.unref();
    resting = new AbortController();
    clock.wait(kept.idle, resting.signal).then(end, () => undefined);
  }

  async function end(): Promise<void> {
    const ended = worker;
    worker = undefined;
    pictures = 0;
    await ended?.terminate();
  }

  return {
    drawChart(chart) {
      const drawn = lane.then(() => draw(chart));
      lane = drawn.catch(() => undefined);
      return drawn;
    },
    async stop() {
      resting.abort();
      await end();
    },
  };

  function ask(asked: Worker, chart: Chart): Promise<Uint8Array<ArrayBuffer>> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        asked.off('message', hear).off('error', fail).off('exit', leave);
        act();
      };
      const hear = (answer: Answer) => settle(() => ('png' in answer ? resolve(answer.png) : reject(answer.error)));
      const fail = (error: unknown) => settle(() => reject(error));
      const leave = () => {
        worker = undefined;
        pictures = 0;
        settle(() => reject(new Error('The drawing thread has ended.')));
      };
      asked.once('message', hear).once('error', fail).once('exit', leave);
      asked.postMessage(chart);
    });
  }
}
