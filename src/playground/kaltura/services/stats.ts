import type { Service } from '../call.js';

/** Playback statistics are taken and dropped. */
export const stats: Service = { collect: () => true };
