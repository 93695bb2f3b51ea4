import { BotError } from '../../src/core/errors.js';
import type { Kaltura } from '../../src/core/ports.js';
import type { DispatchParts } from '../../src/core/request.js';

/** Anything that this test has no business asking for. */
export const unasked = () => Promise.reject(new BotError('bug', 'This is not asked for here.', ''));

const reports: Kaltura['reports'] = {
  audienceNow: unasked,
  viewersOverTime: unasked,
  numbers: unasked,
  engagementOverTime: unasked,
  attendance: unasked,
  questionsAsked: unasked,
};

/** Live cards that are told of everything and show nothing. */
export const deafLive: DispatchParts['live'] = {
  changed: async () => {},
  announcing: async () => {},
  followed: async () => {},
  deleted: async () => {},
};

/** One-time links where there are no pages to open them. */
export const unaskedTickets: DispatchParts['tickets'] = { issue: unasked, publicUrl: () => undefined };

/** A Kaltura for tests of what never comes so far. */
export const unaskedKaltura: Kaltura = {
  account: unasked,
  knownAccount: () => ({ partnerId: 101, profiles: [], players: [], categories: [], multicast: false }),
  create: unasked,
  update: unasked,
  delete: unasked,
  find: unasked,
  sight: unasked,
  ingest: unasked,
  renewIngest: unasked,
  goLive: unasked,
  end: unasked,
  audience: unasked,
  setCategories: unasked,
  findWithCategories: unasked,
  changeCategories: unasked,
  access: unasked,
  accessUnasked: unasked,
  findWithAccess: unasked,
  withPlayers: unasked,
  recordings: unasked,
  download: unasked,
  page: unasked,
  watch: unasked,
  discover: unasked,
  players: unasked,
  eventData: { keepInStep: unasked, takeOver: unasked, withdraw: unasked, lineUp: unasked, changeLineUp: unasked },
  reports,
  reportsUnasked: reports,
  checkup: unasked,
  questions: {
    all: unasked,
    hear: unasked,
    find: unasked,
    answer: unasked,
    dismiss: unasked,
    announce: unasked,
    withdraw: unasked,
  },
  crew: { users: unasked, find: unasked, name: unasked },
  library: {
    titles: unasked,
    categories: unasked,
    change: unasked,
    trim: unasked,
    decideTrim: unasked,
    addChapters: unasked,
    removeChapter: unasked,
  },
  tools: { forPeople: true, studio: unasked, preview: unasked, moderator: unasked },
  addresses: { service: 'https://kaltura.test', content: 'https://kaltura.test', partnerId: 101 },
};
