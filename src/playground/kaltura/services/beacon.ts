import { objectArgument, type Service } from '../call.js';
import { listRows } from '../rows.js';
import { requireProperties } from '../validation.js';
import { type Fields, text } from '../values.js';

/** Beacons keep the last state of each object and event type. */
export const beacon: Service = {
  add: (args, { account, now }) => {
    const sent = objectArgument(args, 'beacon');
    requireProperties(sent, ['relatedObjectType', 'eventType', 'objectId', 'privateData']);
    const id = `${text(sent, 'objectId')}_${text(sent, 'eventType')}`;
    const row: Fields = { ...sent, id, indexType: 'State', updatedAt: now };
    account.store.table('beacons').set(id, row);
    return true;
  },
  list: (args, { account }) => listRows(account, 'beacons', 'KalturaBeacon', args),
};
