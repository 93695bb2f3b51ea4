import { describe, expect, it } from '@jest/globals';
import { healthCodes } from '../../../src/core/health.js';
import { plain } from '../../../src/core/view.js';
import { instant } from '../../../src/core/webcast.js';
import { adviseOn, sayChange, sayFigures, sayFinding, shortOf, titleOfHealth } from '../../../src/show/health.js';

describe('what Kaltura finds with a picture', () => {
  it.each(healthCodes)('is said in words with advice: %d', (code) => {
    const sentences = sayFinding({ code, severity: 3 }).match(/[^.!?]+[.!?]/g) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sayFinding({ code, severity: 3 })).not.toContain(String(code));
    expect(shortOf(code)).toMatch(/^[a-z ]{4,24}$/);
  });

  it('is said by its number and weight when nobody knows the code', () => {
    expect(sayFinding({ code: 141, severity: 4 })).toMatch(/^Kaltura reports code 141 \(critical\)\. /);
    expect(shortOf(141)).toBe('code 141');
    expect(sayFinding({ code: 0, severity: 3 })).toMatch(
      /^Kaltura reports trouble that it does not name \(an error\)\. /,
    );
  });

  it('is said of its path, each reason on its own line', () => {
    const findings = [102, 107].map((code) => ({ code, severity: 3 as const }));
    const bad = { path: 'backup' as const, verdict: 'bad' as const, findings };
    expect(sayChange(bad).map(plain)).toEqual([
      expect.stringMatching(/^Backup: No sound arrives\. /),
      expect.stringMatching(/^Backup: Key frames /),
    ]);
    const good = { path: 'main' as const, verdict: 'good' as const, findings: [] };
    expect(sayChange(good).map(plain)).toEqual(['Main: good again for a minute.']);
    expect([titleOfHealth([good, bad]), titleOfHealth([good])]).toEqual([
      'The picture suffers',
      'The picture has recovered',
    ]);
  });
});

describe('the figures of a picture', () => {
  const at = instant(0);

  it('are said as far as there are any', () => {
    expect(sayFigures({ at, bitrate: 850, frameRate: 29.97, videoCodec: 'H.264' })).toBe(
      '30 frames/s, 850 kbit/s, H.264',
    );
    expect(sayFigures({ at, width: 1280 })).toBe('');
    expect(sayFigures(undefined)).toBe('');
  });

  it('are advised on where Kaltura does not speak of them itself', () => {
    const poor = { at, keyFrame: 5, frameRate: 12, bitrate: 500, height: 720 };
    expect(adviseOn(poor, [])).toHaveLength(3);
    expect(
      adviseOn(
        poor,
        [101, 107, 116].map((code) => ({ code, severity: 2 as const })),
      ),
    ).toEqual([]);
    expect(adviseOn({ at, keyFrame: 2, frameRate: 25, bitrate: 3500, height: 1080 }, [])).toEqual([]);
  });
});
