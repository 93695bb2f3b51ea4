import { argument, callerId, objectArgument, type Service } from '../call.js';
import { acceptCut, dropCut, planCut } from '../entries/cut.js';
import { baseFields, ENTRY_TYPE, findEntry, keepEntry, STATUS } from '../entries/entry.js';
import { checkEntry, writeEntry } from '../entries/write.js';
import { checkInsert, requireProperties } from '../validation.js';
import { text } from '../values.js';
import { deleteEntry, describeEntry, listAs, updateEntry } from './baseEntry.js';

const SEARCH_PROVIDER = '6';

export const media: Service = {
  add: (args, call) => {
    const { account, now } = call;
    const sent = objectArgument(args, 'entry');
    checkInsert(sent);
    requireProperties(sent, ['mediaType']);
    checkEntry(call, sent);
    const id = account.newId();
    const owner = text(sent, 'userId') ?? callerId(call);
    const entry = keepEntry(account, {
      id,
      fields: {
        ...baseFields(account, id, owner, now),
        name: `${account.partnerId}_${now}`,
        status: STATUS.noContent,
        type: ENTRY_TYPE.media,
        sourceType: SEARCH_PROVIDER,
      },
    });
    const { id: _id, ...properties } = sent;
    writeEntry(call, entry, properties);
    return describeEntry(call, entry);
  },
  get: (args, call) => describeEntry(call, findEntry(call.account, argument(args, 'entryId'))),
  list: (args, call) => listAs('KalturaMediaListResponse', args, call, ENTRY_TYPE.media),
  update: (args, call) =>
    updateEntry(call, findEntry(call.account, argument(args, 'entryId')), objectArgument(args, 'mediaEntry')),
  updateContent: (args, call) => {
    const entry = findEntry(call.account, argument(args, 'entryId'));
    planCut(call.account, entry, objectArgument(args, 'resource'));
    return describeEntry(call, entry);
  },
  approveReplace: (args, call) => {
    const entry = findEntry(call.account, argument(args, 'entryId'));
    acceptCut(call.account, entry);
    return describeEntry(call, entry);
  },
  cancelReplace: (args, call) => {
    const entry = findEntry(call.account, argument(args, 'entryId'));
    dropCut(call.account, entry);
    return describeEntry(call, entry);
  },
  delete: (args, call) => deleteEntry(call, argument(args, 'entryId')),
};
