import type { Account } from '../account.js';
import { ApiError } from '../errors.js';

/** Features that take something away from an account; they are no permissions and are not listed as such. */
const LACKS = { realTime: 'WITHOUT_REALTIME_REPORTS', webcast: 'WITHOUT_WEBCAST_REPORTS' } as const;

/** Features that take a whole plugin away, by the beginning of its services' names. */
const PLUGINS = { WITHOUT_METADATA: 'metadata_', WITHOUT_SCHEDULE: 'schedule_' } as const;

/** Says whether the name of a feature takes something away. */
export const isLack = (feature: string): boolean =>
  feature === LACKS.realTime || feature === LACKS.webcast || feature in PLUGINS;

/** Says whether the account lacks the plugin of a service; its name in lower case. */
export const lacksPlugin = (account: Account, service: string): boolean =>
  Object.entries(PLUGINS).some(([feature, start]) => account.features.has(feature) && service.startsWith(start));

/** The real-time reports are numbered from 10001, the webcast reports from 40001. */
export const isRealTime = (type: string): boolean => /^100\d\d$/.test(type);
const isWebcast = (type: string): boolean => /^400\d\d$/.test(type);

/** Refuses a report that the account lacks. */
export function checkAccount(account: Account, type: string, action: string): void {
  const isLacking =
    (isRealTime(type) && account.features.has(LACKS.realTime)) ||
    (isWebcast(type) && account.features.has(LACKS.webcast));
  if (isLacking) throw new ApiError('SERVICE_FORBIDDEN', { SERVICE: `report->${action}` });
}
