import type { Context } from '../../core/command.js';
import type { Audience, EntryId } from '../../core/webcast.js';

/** Kaltura's packager may take up to half a minute to follow a change of viewMode; ask a little longer than that. */
const patience = 45_000;
/** The first pause between two questions, in milliseconds. */
const first = 500;

/** Asks what viewers get until it is what we wait for; false when it never came in time. Meanwhile is called once it takes longer. */
export async function waitForAudience(
  id: EntryId,
  reached: (audience: Audience) => boolean,
  context: Context,
  meanwhile?: () => Promise<void>,
): Promise<boolean> {
  const { kaltura, clock, signal } = context;
  const until = clock.now() + patience;
  for (let pause = first; ; pause = Math.min(pause * 1.5, 3000)) {
    if (reached(await kaltura.audience(id))) return true;
    if (clock.now() + pause > until) return false;
    if (pause === first) await meanwhile?.();
    await clock.wait(pause, signal);
  }
}
