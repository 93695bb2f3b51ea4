import { objectArgument, type Service } from '../call.js';
import { keepBeacon, report } from '../entries/feeds.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { requireProperties } from '../validation.js';

/** Beacons keep the last state of each object and event type, and a log of those that ask for it. */
export const beacon: Service = {
  add: (args, { account, now }) => {
    const sent = objectArgument(args, 'beacon');
    requireProperties(sent, ['relatedObjectType', 'eventType', 'objectId', 'privateData']);
    keepBeacon(account, sent, now, args.shouldLog === 1 || args.shouldLog === true);
    return true;
  },
  list: (args, { account }) => {
    if (!account.reportsHealth) throw new ApiError('SERVICE_FORBIDDEN', { SERVICE: 'beacon_beacon->list' });
    report(account);
    return listRows(account, 'beacons', 'KalturaBeacon', args);
  },
};
