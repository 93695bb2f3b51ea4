import type { Service } from '../call.js';

/** The version whose behaviour is reproduced. */
const VERSION = 'Venus-22.19.0';

export const system: Service = {
  ping: () => true,
  getTime: (_args, { now }) => now,
  getVersion: () => VERSION,
};
