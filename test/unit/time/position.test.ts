import { describe, expect, it } from '@jest/globals';
import { readPosition, sayPosition } from '../../../src/time/position.js';

describe('a place in a video', () => {
  it.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [750_000, '12:30'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('of %d ms is written %s', (milliseconds, words) => {
    expect(sayPosition(milliseconds)).toBe(words);
  });

  it.each([
    ['750', 750],
    ['12:30', 750],
    ['1:02:03', 3723],
    [' 0:07 ', 7],
    ['90:00', 5400],
  ])('%s is read', (words, seconds) => {
    expect(readPosition(words)).toBe(seconds);
  });

  it.each(['', '12:61', '1:70:00', '-5', '12:30:', '1e3', 'half', '12.5'])('"%s" is none', (words) => {
    expect(readPosition(words)).toBeUndefined();
  });
});
