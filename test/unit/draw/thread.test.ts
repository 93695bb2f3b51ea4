import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Chart } from '../../../src/core/chart.js';
import { instant } from '../../../src/core/webcast.js';
import { createDrawing, type Drawing } from '../../../src/draw/index.js';
import { createHandClock } from '../../e2e/slack/clock.js';

const chart: Chart = { kind: 'chart', title: 'Viewers', unit: 'viewers', points: [{ at: instant(0), value: 1 }] };

/** A thread that answers with its own number and how many curves it has seen. */
const counting = `
  import { parentPort, threadId } from 'node:worker_threads';
  let seen = 0;
  parentPort.on('message', (chart) => {
    seen += 1;
    if (chart.title === 'error') parentPort.postMessage({ error: new Error('no picture') });
    else if (chart.title === 'crash') process.exit(1);
    else parentPort.postMessage({ png: new Uint8Array([threadId % 256, seen]) });
  });`;

let drawing: Drawing;
afterEach(() => drawing.stop());

function start() {
  const clock = createHandClock(0);
  drawing = createDrawing(clock, new URL(`data:text/javascript,${encodeURIComponent(counting)}`));
  return clock;
}
const draw = async (title = 'Viewers') => [...(await drawing.drawChart({ ...chart, title }))];

describe('the drawing thread', () => {
  it('draws one curve after the other', async () => {
    start();
    const [first, second] = await Promise.all([draw(), draw()]);
    expect([first?.[1], second?.[1]]).toEqual([1, 2]);
    expect(second?.[0]).toBe(first?.[0]);
  });

  it('ends when nothing was drawn for a minute, and begins anew with the next curve', async () => {
    const clock = start();
    const [first] = await draw();
    await clock.waitedOn(60_000);
    clock.advance(60_000);
    const [second, seen] = await draw();
    expect(seen).toBe(1);
    expect(second).not.toBe(first);
  });

  it('ends after twenty curves, so that what it holds stays bounded', async () => {
    start();
    for (let count = 1; count <= 20; count += 1) expect((await draw())[1]).toBe(count);
    expect((await draw())[1]).toBe(1);
  });

  it('tells why there is no picture, and draws the next one', async () => {
    start();
    await expect(draw('error')).rejects.toThrow('no picture');
    expect((await draw())[1]).toBe(2);
  });

  it('survives its own end', async () => {
    start();
    await expect(draw('crash')).rejects.toThrow('ended');
    expect((await draw())[1]).toBe(1);
  });

  it('draws a picture in the built program, and keeps it from nothing afterwards', async () => {
    const script = `
      import { createDrawing } from './dist/draw/index.js';
      const clock = { now: Date.now, wait: () => new Promise(() => undefined) };
      const png = await createDrawing(clock).drawChart(${JSON.stringify(chart)});
      process.stdout.write(Buffer.from(png).subarray(1, 4));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('PNG');
  });
});
