/** What the behaving Kaltura knowingly does not answer as the recorded server did. */
export interface Deviation {
  recordings: number[];
  /** Places that differ, with * for any part of a path; everything else must be equal. Without it, the whole answer. */
  at?: string[];
  reason: string;
}

export const DEVIATIONS: Deviation[] = [];
