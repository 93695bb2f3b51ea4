import { parentPort } from 'node:worker_threads';
import type { Chart } from '../core/chart.js';
import { drawPicture } from './picture.js';

/** What a worker answers to a curve: its picture, or why there is none. */
export type Answer = { readonly png: Uint8Array<ArrayBuffer> } | { readonly error: unknown };

parentPort?.on('message', (chart: Chart) => {
  drawPicture(chart).then(
    (png) => parentPort?.postMessage({ png } satisfies Answer, [png.buffer]),
    (error: unknown) => parentPort?.postMessage({ error } satisfies Answer),
  );
});
