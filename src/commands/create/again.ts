import { type Params, type RawValue, writeInstant } from '../../core/params.js';
import { writeLine } from '../../core/parse.js';
import type { WebcastPlan } from '../../core/webcast.js';

const switches = ['preview', 'dvr', 'multicast', 'copyEntitlement', 'hideRecording', 'archive'] as const;

/** Writes the line that asks for the same webcast under the same key, with the options that are not the table's defaults. */
export function writeAgain(plan: WebcastPlan, key: string, params: Params): string {
  const said: Readonly<Record<string, RawValue>> = {
    description: plan.description,
    tags: plan.tags.join(', '),
    category: plan.categories?.join(','),
    dvrWindow: String(plan.dvrWindow),
    profile: plan.profile,
    source: plan.stream === undefined ? undefined : 'own',
    stream: plan.stream,
    recording: plan.recording,
    ...Object.fromEntries(switches.map((name) => [name, plan[name]])),
  };
  const options: Record<string, string | boolean> = {
    start: writeInstant(plan.start),
    end: writeInstant(plan.end),
    zone: plan.zone,
  };
  for (const [name, value] of Object.entries(said)) {
    if (value !== undefined && value !== '' && value !== params[name]?.default) options[name] = value;
  }
  return writeLine('create', plan.name, { ...options, request: key });
}
