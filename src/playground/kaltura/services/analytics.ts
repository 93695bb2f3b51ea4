import type { Service } from '../call.js';
import { ApiError } from '../errors.js';

/** Needs the analytics service, which an account of this kind has not. */
export const analytics: Service = {
  query: () => {
    throw new ApiError('REPORTS_QUERY_FAILURE', { ERROR_MSG: 'N/A' });
  },
};
