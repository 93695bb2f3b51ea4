import type { LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Log } from '../core/ports.js';
import { instant } from '../core/webcast.js';

const minute = 60_000;
/** How often all audiences are sampled together, in milliseconds. */
const samplingRhythm = minute;
/** How long an account without real-time reports is not asked again. */
const withoutReports = 60 * minute;

/** Samples how many watch, of all webcasts that are live and that somebody cares for. */
export interface Sampler {
  /** Asks Kaltura when it is this replica's turn, and says whether it was; what fails is logged and asked again a minute later. */
  round(): Promise<boolean>;
}

export function createSampler(parts: {
  readonly store: Pick<LiveStore, 'running' | 'takeSampling' | 'restSampling' | 'saveSamples'>;
  readonly kaltura: Pick<Kaltura, 'reportsUnasked'>;
  readonly clock: Clock;
  readonly log: Log;
}): Sampler {
  const { store, kaltura, clock, log } = parts;
  let last: number | undefined;

  return {
    async round() {
      const now = clock.now();
      if (last !== undefined && Math.abs(now - last) < samplingRhythm) return false;
      last = now;
      const running = await store.running();
      const next = instant(now + samplingRhythm);
      if (running.length === 0 || !(await store.takeSampling(now, next))) return false;
      try {
        const measured = await kaltura.reportsUnasked.audienceNow(running.map(({ webcast }) => webcast));
        if (measured.kind === 'lacking') {
          log.info({ why: measured.why, webcasts: running.length }, 'Kaltura does not say how many watch');
          const rest = measured.why === 'not in the account' ? withoutReports : samplingRhythm;
          await store.restSampling(measured.why, instant(now + rest));
          return true;
        }
        const samples = running.flatMap(({ webcast, number }) => {
          const audience = measured.value.get(webcast);
          return audience ? [{ webcast, number, point: { at: audience.at, value: audience.viewers } }] : [];
        });
        await store.saveSamples(samples);
      } catch (error) {
        log.warn({ err: error, webcasts: running.length }, 'It could not be asked how many watch');
      }
      return true;
    },
  };
}
