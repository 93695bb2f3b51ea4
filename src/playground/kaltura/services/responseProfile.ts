import type { Service } from '../call.js';
import { listResponse } from '../filter.js';

/** Profiles are given with each call; none are stored. */
export const responseProfile: Service = {
  list: () => listResponse('KalturaResponseProfileListResponse', 0, []),
};
