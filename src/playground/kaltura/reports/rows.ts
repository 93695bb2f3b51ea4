import { text } from '../values.js';
import { hasViewers, type Question, uniqueOf } from './figures.js';
import type { RowKind } from './layouts.js';

/** One row of a table: what names it, and what its figures are about. */
interface Row {
  names: string[];
  question: Question;
  share: number;
}

/** Parts of the audience that are the same in every broadcast, as [names, share]. */
type Shares = [names: string[], share: number][];

const COUNTRIES: Shares = [
  [['US', 'United States', ''], 0.4],
  [['DE', 'Germany', ''], 0.2],
  [['IL', 'Israel', ''], 0.15],
  [['GB', 'United Kingdom', ''], 0.1],
  [['FR', 'France', ''], 0.07],
  [['JP', 'Japan', ''], 0.05],
  [['BR', 'Brazil', ''], 0.03],
];
const DEVICES: Shares = [
  [['Computer'], 0.64],
  [['Mobile'], 0.24],
  [['Tablet'], 0.08],
  [['Game console'], 0.04],
];

const everybody = (...names: string[]): Shares => [[names, 1]];

/** At most so many viewers have a name of their own. */
const MOST_NAMED = 2000;

/** Viewers by name, those who did not sign in as one without, each with a share of the whole. */
function usersOf(question: Question): Shares {
  const named = Math.min(MOST_NAMED, Math.round(uniqueOf(question) * 0.8));
  const each = named === 0 ? 0 : 0.8 / named;
  const users = Array.from({ length: named }, (_, index): [string[], number] => [
    [`viewer.${index + 1}@example.test`, `Viewer ${index + 1}`],
    each,
  ]);
  return [...users, [['', ''], named === 0 ? 1 : 0.2]];
}

const entriesOf = (question: Question, name: boolean): Row[] =>
  question.entries
    .map((entry) => ({
      names: name ? [entry.id, text(entry.fields, 'name') ?? ''] : [entry.id],
      question: { ...question, entries: [entry] },
      share: 1,
    }))
    .filter((row) => hasViewers(row.question));

const parts = (question: Question, shares: Shares): Row[] =>
  hasViewers(question) ? shares.map(([names, share]) => ({ names, question, share })) : [];

/** The columns that name a row, and the rows there are; those of points in time are made apart. */
export const ROWS: Record<RowKind, { columns: string[]; rows: (question: Question) => Row[] }> = {
  entry: { columns: ['entry_id'], rows: (question) => entriesOf(question, false) },
  'live-entry': { columns: ['entry_id', 'entry_name'], rows: (question) => entriesOf(question, true) },
  'named-entry': { columns: ['object_id', 'entry_name'], rows: (question) => entriesOf(question, true) },
  user: { columns: ['user_id', 'user_name'], rows: (question) => parts(question, usersOf(question)) },
  'user-name': { columns: ['name'], rows: (question) => parts(question, everybody('')) },
  country: { columns: ['object_id', 'country', 'coordinates'], rows: (question) => parts(question, COUNTRIES) },
  region: {
    columns: ['object_id', 'country', 'region', 'coordinates'],
    rows: (question) => parts(question, everybody('US', 'United States', 'New York', '')),
  },
  city: {
    columns: ['object_id', 'country', 'region', 'city', 'coordinates'],
    rows: (question) => parts(question, everybody('US', 'United States', 'New York', 'New York', '')),
  },
  device: { columns: ['device'], rows: (question) => parts(question, DEVICES) },
  domain: {
    columns: ['object_id', 'domain_name'],
    rows: (question) => parts(question, everybody('events.example.test', 'events.example.test')),
  },
  time: { columns: ['date_id'], rows: () => [] },
  reaction: {
    columns: ['reaction'],
    rows: (question) =>
      parts(question, [
        [['clap'], 0.6],
        [['heart'], 0.4],
      ]),
  },
  position: { columns: ['position', 'user_engagement'], rows: () => [] },
  none: { columns: ['date_id'], rows: () => [] },
};
