import { defineCommand, type Reply, type Settled } from '../core/command.js';
import type { FieldIssue } from '../core/errors.js';
import {
  choice,
  duration,
  line,
  listed,
  number,
  optionalLine,
  optionalWhen,
  paragraph,
  requiredWhen,
  toggle,
  type Values,
  zone,
} from '../core/params.js';
import type { WebcastPlan } from '../core/webcast.js';
import { createFacts } from './create/facts.js';
import { planWebcast } from './create/make.js';
import { judgeSource, withoutKaltura } from './create/stream.js';
import { splitTags } from './create/tags.js';
import { planTimes } from './create/times.js';

const times = 'When';
const airing = 'While it is live';
const keeping = 'After the show';

/** What is asked of a webcast when it is planned. */
export const planParams = {
  name: line({ label: 'Name', hint: 'What viewers read above the player.', max: 256 }),
  description: paragraph({ label: 'Description', hint: 'Shown where the player shows details.', max: 3000 }),
  tags: optionalLine({ label: 'Tags', hint: 'Words to find it by, separated by commas.', max: 500 }),
  category: listed({
    label: 'Category',
    hint: 'Where it is listed, and with it who may see it; several by full name, separated by commas.',
  }),
  start: requiredWhen({
    label: 'Start',
    hint: 'In a line also in words, such as "tomorrow 15:00" or "in 10 minutes".',
    group: times,
  }),
  end: optionalWhen({ label: 'End', hint: 'Leave empty to give a duration instead.', group: times }),
  duration: duration({
    label: 'Duration',
    hint: 'Such as 90 or 1h30; 60 minutes if neither end nor duration is given.',
    group: times,
    max: 1440,
  }),
  zone: zone({
    label: 'Time zone',
    hint: 'For times in words; your own if left out. A date picker always shows your own.',
    group: times,
  }),
  source: choice({
    label: 'Source',
    hint: 'An encoder or the studio sends to Kaltura, or Kaltura plays a stream that you make elsewhere.',
    group: airing,
    choices: [
      { value: 'kaltura', label: 'An encoder or the studio' },
      { value: 'own', label: 'A stream of your own' },
    ],
    default: 'kaltura',
  }),
  stream: optionalLine({
    label: 'Stream address',
    hint: 'Of a stream of your own: https, HLS (.m3u8) or DASH (.mpd). It has no preview and no recording.',
    group: airing,
    max: 1000,
  }),
  preview: toggle({
    label: 'Preview before going live',
    hint: 'The crew checks the picture first; viewers wait until you go live.',
    group: airing,
    default: true,
  }),
  dvr: toggle({ label: 'DVR', hint: 'Viewers can pause and go back while it is live.', group: airing, default: true }),
  dvrWindow: number({
    label: 'DVR window',
    hint: 'How far back viewers can go, in minutes.',
    group: airing,
    min: 1,
    max: 1440,
    unit: 'minutes',
    default: 60,
  }),
  profile: listed({
    label: 'Transcoding',
    hint: 'Cloud transcoding makes several qualities; passthrough sends on what your encoder sends.',
    group: airing,
  }),
  multicast: toggle({
    label: 'Multicast',
    hint: 'Also send it by multicast inside your network.',
    group: airing,
    default: false,
  }),
  recording: choice({
    label: 'Recording',
    hint: 'A new one for each session, one that all are appended to, or none.',
    group: keeping,
    choices: [
      { value: 'per-session', label: 'One per session' },
      { value: 'append', label: 'Append every session' },
      { value: 'off', label: 'Off' },
    ],
    default: 'per-session',
  }),
  copyEntitlement: toggle({
    label: 'Same viewers for the recording',
    hint: 'Whoever may see the webcast may see its recording.',
    group: keeping,
    default: true,
  }),
  hideRecording: toggle({
    label: 'Hide the recording',
    hint: 'Reach it through the webcast only, not by search.',
    group: keeping,
    default: true,
  }),
  archive: toggle({
    label: 'Archive automatically',
    hint: 'Makes each session its own video; needs one recording per session.',
    group: keeping,
    default: false,
  }),
  request: optionalLine({ label: 'Request', hint: 'Names a request that is tried again.', hidden: true, max: 100 }),
} as const;

interface Input {
  readonly plan: WebcastPlan;
  readonly request: string | undefined;
}

export const create = defineCommand({
  name: 'create',
  summary: 'Plan a webcast: Kaltura makes it, and its card appears in the channel.',
  examples: [
    'create',
    'create "Q3 Town Hall" --start "tomorrow 15:00" --duration 90',
    'create Rehearsal --start "in 10 minutes" --recording off',
  ],
  role: 'producer',
  params: planParams,
  form: { title: 'Plan a webcast', submit: 'Create', facts: createFacts },
  settle(values, moment): Settled<Input> {
    const found = planTimes(values, moment);
    const issues = [...(found.kind === 'refused' ? found.issues : []), ...contradictions(values)];
    if (found.kind === 'refused' || issues.length > 0) return { kind: 'refused', issues };
    if (found.kind === 'zone needed') return found;
    const { start, end, zone: planZone } = found;
    const tags = splitTags(values.tags ?? '');
    const { request, tags: _, duration: __, source, category, ...rest } = values;
    const categories = category === undefined ? undefined : splitTags(category);
    const limits = source === 'own' ? withoutKaltura : {};
    return {
      kind: 'settled',
      input: { plan: { ...rest, ...limits, tags, categories, start, end, zone: planZone }, request },
    };
  },
  async run({ plan, request }, context): Promise<readonly Reply[]> {
    return planWebcast(plan, request ?? context.requestKey, planParams, context);
  },
});

function contradictions(values: Values<typeof planParams>): FieldIssue[] {
  const unfit = judgeSource(values.source, values.stream);
  if (unfit.length > 0 || values.source === 'own') return unfit;
  if (!values.archive || values.recording === 'per-session') return [];
  const message = 'Archiving needs one recording per session. Choose that, or switch archiving off.';
  return [{ field: 'archive', message }];
}
