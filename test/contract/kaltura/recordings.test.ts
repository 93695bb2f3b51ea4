import { describe, expect, it } from '@jest/globals';
import { readDistilled, readOriginals } from './recordings.js';
import { judge } from './verdict.js';

const NOTHING_WRONG = { surprises: [], obsolete: [], unspoken: [], ownErrors: [] };

describe('the behaving Kaltura, asked what a real server was asked in the same order', () => {
  it('answers the distilled recordings as they were answered, but for the declared deviations', async () => {
    const recordings = readDistilled();
    expect(recordings.length).toBeGreaterThan(800);
    const { compared, equal, ...wrong } = await judge(recordings, false);
    expect(wrong).toEqual(NOTHING_WRONG);
    expect({ compared, equal }).toEqual({ compared: 841, equal: 781 });
  });

  it('answers the whole recordings so, where they lie next to the project', async () => {
    const originals = readOriginals();
    const { equal, ...wrong } = await judge(originals ?? readDistilled(), originals !== undefined);
    expect(wrong).toEqual({ ...NOTHING_WRONG, compared: 841 });
    expect(equal).toBeGreaterThan(760);
  });
});
