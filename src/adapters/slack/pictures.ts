import { createHash } from 'node:crypto';
import type { Chart } from '../../core/chart.js';
import type { Clock, DrawChart, Log } from '../../core/ports.js';
import type { PrivateView } from '../../core/view.js';
import type { UploadFile } from './files.js';

/** The files of a workspace that show the curves of a view; a curve without one is drawn in text. */
export type PictureIds = ReadonlyMap<Chart, string>;

/** Pictures of curves as files of Slack: each is drawn once, and uploaded once to a workspace, however many channels show it. */
export interface Pictures {
  /** Never rejects: a picture that cannot be had in time is left out. */
  find(tenant: string, view: PrivateView): Promise<PictureIds>;
  /** Forgets pictures that Slack does not show, such as deleted ones. */
  forget(tenant: string, ids: PictureIds): void;
}

export interface PictureParts {
  readonly drawChart: DrawChart;
  readonly uploadFile: UploadFile;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longest wait (ms) for the pictures of a message; those that come later are there for the next one. */
const patience = 4000;
/** Drawings, and files known in all workspaces; the oldest go first. */
const most = { drawn: 8, uploaded: 1000 };

export function createPictures({ drawChart, uploadFile, clock, log }: PictureParts): Pictures {
  const drawn = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const uploaded = new Map<string, Promise<string | undefined>>();

  async function find(tenant: string, view: PrivateView): Promise<PictureIds> {
    const charts = view.nodes.filter((node) => node.kind === 'chart').filter(({ points }) => points.length > 0);
    const found = new Map<Chart, string>();
    if (charts.length === 0) return found;
    const enough = new AbortController();
    const all = Promise.all(
      charts.map(async (chart) => {
        const id = await upload(tenant, chart);
        if (id !== undefined && !enough.signal.aborted) found.set(chart, id);
      }),
    );
    await Promise.race([all, late(enough.signal)]);
    enough.abort();
    return found;
  }

  const late = (signal: AbortSignal): Promise<void> =>
    clock.wait(patience, signal).then(
      () => undefined,
      () => undefined,
    );

  /** What failed is not tried again for the same curve: whoever waits for it has its figures in words. */
  function upload(tenant: string, chart: Chart): Promise<string | undefined> {
    const hash = hashOf(chart);
    return remember(uploaded, `${tenant} ${hash}`, most.uploaded, async () => {
      try {
        const bytes = await remember(drawn, hash, most.drawn, () => drawChart(chart));
        return await uploadFile(tenant, { name: `chart-${hash.slice(0, 12)}.png`, bytes });
      } catch (error) {
        log.warn({ err: error, tenant }, 'A curve goes out in words, because its picture could not be made');
        return undefined;
      }
    });
  }

  function forget(tenant: string, ids: PictureIds): void {
    for (const chart of ids.keys()) uploaded.delete(`${tenant} ${hashOf(chart)}`);
  }

  return { find, forget };
}

const hashOf = ({ title, unit, points }: Chart): string =>
  createHash('sha256')
    .update(JSON.stringify([title, unit, points.map(({ at, value }) => [at, value])]))
    .digest('hex');

function remember<T>(known: Map<string, Promise<T>>, key: string, count: number, make: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  const [oldest] = known.keys();
  if (known.size > count && oldest !== undefined) known.delete(oldest);
  return made;
}
