import { describe, expect, it } from '@jest/globals';
import { createReadZone } from '../../../../src/adapters/teams/zones.js';

describe('The zone that a client of Teams tells', () => {
  it('is read the same the first time and every time after', () => {
    const readZone = createReadZone();
    expect([readZone('Europe/Berlin'), readZone('Europe/Berlin')]).toEqual(['Europe/Berlin', 'Europe/Berlin']);
  });

  it('gets its own capitals, however a client writes it', () => {
    expect(createReadZone()('europe/BERLIN')).toBe('Europe/Berlin');
  });

  it('is none when there is no such zone, each time it is told', () => {
    const readZone = createReadZone();
    expect([readZone('Mars/Olympus'), readZone('Mars/Olympus')]).toEqual([undefined, undefined]);
  });
});
