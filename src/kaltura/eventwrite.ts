import type { EventPlan } from '../core/eventdata.js';
import type { EntryId } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type EventLook, standingOf } from './eventlook.js';
import { eventProfileNames, type MetadataPart } from './eventprofiles.js';
import {
  addMetadata,
  addSchedule,
  eventOf,
  isTimed,
  saysThePlan,
  updateMetadata,
  updateSchedule,
} from './eventquestions.js';
import { type Element, element, readXml, writeXml } from './xml.js';
import { fitTo } from './xsd.js';

/** What is to be done so that one part stands. */
export type Step =
  | { readonly kind: 'stands' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unplanned' }
  /** The account's XSD has required elements that only its people can fill. */
  | { readonly kind: 'lacks'; readonly profile: string; readonly fields: readonly string[] }
  | { readonly kind: 'write'; readonly question: Question<unknown> };

/** Compares documents by what they say, whatever their escapes and white space. */
function says(xml: string, document: Element): boolean {
  const standing = readXml(xml);
  return standing !== undefined && writeXml(standing) === writeXml(document);
}

/** Decides how a metadata part gets to hold these elements beside those that stand. */
export function stepOfMetadata(
  id: EntryId,
  look: EventLook,
  part: MetadataPart,
  change: (standing: readonly Element[]) => readonly Element[],
): Step {
  const profile = look.profiles[part];
  if (profile === undefined) return { kind: 'absent' };
  const { row, elements } = standingOf(look, part);
  const wanted = change(elements);
  const fitted =
    profile.schema === undefined
      ? ({ kind: 'fits', document: element('metadata', wanted) } as const)
      : fitTo(profile.schema, wanted);
  if (fitted.kind === 'lacks') return { kind: 'lacks', profile: eventProfileNames[part], fields: fitted.fields };
  if (row !== undefined && says(row.xml, fitted.document)) return { kind: 'stands' };
  const xml = writeXml(fitted.document);
  return { kind: 'write', question: row ? updateMetadata(row, xml) : addMetadata(id, profile.id, xml) };
}

/** Decides how the schedule's event gets to say what the plan says. */
export function stepOfSchedule(id: EntryId, look: EventLook, plan: EventPlan): Step {
  if (look.schedule === undefined) return { kind: 'absent' };
  if (!isTimed(plan)) return { kind: 'unplanned' };
  const event = eventOf(id, look.schedule);
  if (event === undefined) return { kind: 'write', question: addSchedule(id, plan) };
  return saysThePlan(event, plan) ? { kind: 'stands' } : { kind: 'write', question: updateSchedule(event.id, plan) };
}
