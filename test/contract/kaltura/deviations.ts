import type { Difference } from './compare.js';

/** What the behaving Kaltura knowingly does not answer as the recorded server did. */
export interface Deviation {
  recordings: number[];
  /** Places that differ, with * for any part of a path; everything else must be equal. Without it, the whole answer. */
  at?: string[];
  /** Only the whole recordings tell; the distilled ones keep of a long text that it is one. */
  onlyWhole?: true;
  reason: string;
}

const REPORTS_WITH_FIGURES = [
  699, 700, 701, 702, 703, 704, 705, 709, 715, 717, 719, 721, 722, 723, 726, 727, 732, 733, 738, 739, 744, 745, 747,
  748, 750, 753, 756, 759, 760, 762, 766, 768, 769, 771, 772, 774, 780, 784, 786, 789, 795, 798, 807, 810, 814,
];

const DEVIATIONS: Deviation[] = [
  {
    recordings: [54],
    at: ['totalCount'],
    reason: 'Of the conversion profiles for uploads only one is kept: no webcast uses them.',
  },
  {
    recordings: [526, 529, 633],
    at: ['objects.0.xsd'],
    onlyWhole: true,
    reason: 'The schema of questions and answers has the same elements in our own words.',
  },
  {
    recordings: [541],
    reason: 'An empty document is an internal error only under PHP 8; elsewhere it is invalid metadata, as here.',
  },
  {
    recordings: [590, 592],
    at: ['objects.0.config'],
    onlyWhole: true,
    reason: 'The same JSON without spaces.',
  },
  { recordings: [591], reason: 'Of the ui confs of everybody only the webcasting studio is kept.' },
  { recordings: [642], reason: 'Of the notification templates of everybody only the HTTP ones are kept.' },
  {
    recordings: REPORTS_WITH_FIGURES,
    at: ['data', '*.data', 'totalCount'],
    reason: 'The recorded figures are invented; ours come from the broadcasts of the account.',
  },
  {
    recordings: [724, 725, 743, 815],
    at: ['data', '*.data'],
    onlyWhole: true,
    reason: 'The recorded figures are invented; ours come from the broadcasts of the account.',
  },
  { recordings: [812], at: ['referenceJobId'], reason: 'Batch jobs are counted from one.' },
  { recordings: [821], reason: 'The recorded server had no queue for beacons; an account has one.' },
  {
    recordings: [839],
    at: ['totalCount', 'objects.*.description', 'objects.*.permissionNames', 'objects.*.tags'],
    reason: 'Only the roles that webcasts use are kept, described by their names.',
  },
  {
    recordings: [844, 845],
    at: ['deliveryTypes', 'embedCodeTypes', 'passwordStructureValidations', 'passwordStructureValidationsDescription'],
    reason: 'Player and password settings of the console are left out.',
  },
  {
    recordings: [951],
    at: ['startDate'],
    reason: 'A date in milliseconds is stored as rubbish by the recorded database; here it stays what it is.',
  },
  { recordings: [991, 992], reason: 'Live channels are not offered.' },
  { recordings: [995], reason: 'Rooms are not offered.' },
  { recordings: [1002], reason: 'Elasticsearch is not offered.' },
  { recordings: [1006], reason: 'Documents are not offered.' },
  {
    recordings: [1026, 1027, 1028, 1029, 1030, 1031, 1032, 1033, 1034, 1035, 1036],
    reason:
      'These are calls that the recorded server made of others; the unit tests of notifications hold their shape.',
  },
];

function covers(pattern: string, path: string): boolean {
  const wanted = pattern.split('.');
  const parts = path.split('.').filter((part) => part !== '');
  return wanted.length <= parts.length && wanted.every((word, index) => word === '*' || word === parts[index]);
}

/** Finds the deviation that is declared for a recording. */
export function findDeviation(number: number, isWhole: boolean): Deviation | undefined {
  return DEVIATIONS.find(({ recordings, onlyWhole }) => recordings.includes(number) && (isWhole || !onlyWhole));
}

/** Gives the differences that a declared deviation does not explain. */
export function unexplained(differences: Difference[], deviation: Deviation | undefined): Difference[] {
  if (!deviation) return differences;
  const { at } = deviation;
  return at ? differences.filter(({ path }) => !at.some((pattern) => covers(pattern, path))) : [];
}
