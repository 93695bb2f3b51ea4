import type { Service } from '../call.js';
import { listResponse } from '../filter.js';

/** Without the live analytics service there are no events to report. */
export const liveReports: Service = {
  getReport: () => listResponse('KalturaLiveStatsListResponse', 0, []),
  getEvents: () => [{ id: 'audience', data: '', objectType: 'KalturaReportGraph' }],
};
