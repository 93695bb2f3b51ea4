import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import { readKnown } from '../../../src/live/known.js';
import { createStory, hour, minute, note, second, start, states, webcast } from './samples.js';

const recording = (state: 'waiting' | 'processing' | 'ready' | 'failed', duration: number, createdAt = start) => ({
  id: webcast().id,
  name: 'Part',
  state,
  createdAt: instant(createdAt),
  duration,
  size: undefined,
});

/** A show that is live since its planned start. */
function live(plain = {}) {
  const story = createStory(note(), plain);
  story.look('preview', -minute);
  story.look('live', 0);
  return story;
}

/** A show that was live for ten minutes and was ended through the bot. */
function ended(plain = {}) {
  const story = live(plain);
  story.remember({ liveSince: start, endedAt: instant(start + 10 * minute) });
  story.look({ ...states.live, open: false, recordingNow: 'stopped' }, 10 * minute);
  story.look({ lastEnded: instant(start + 11 * minute) }, 11 * minute);
  return story;
}

describe('the phase', () => {
  it.each([
    ['off', 'scheduled'],
    ['connecting', 'connecting'],
    ['preview', 'preview'],
    ['live', 'live'],
  ] as const)('of a stream that is %s is %s', (state, phase) => {
    const story = createStory();
    story.look(state, -10 * minute);
    expect(story.phase).toBe(phase);
  });

  it('waits with live until viewers get the picture, when they were looked at', () => {
    const story = createStory();
    expect(story.look('live', 0, { audience: 'preview', main: 'picture', backup: 'none' })).toEqual([]);
    expect(story.phase).toBe('preview');
    expect(story.look('live', 5 * second, { audience: 'live' })).toEqual(['went live']);
  });

  it('is scheduled again after a rehearsal long before the start, and not after a show that began early', () => {
    const rehearsal = createStory();
    rehearsal.look('live', -5 * hour);
    rehearsal.look('preview', -4 * hour);
    rehearsal.look({ lastEnded: instant(start - 4 * hour) }, -4 * hour + minute);
    expect(rehearsal.phase).toBe('scheduled');
    const early = createStory();
    early.look('live', -10 * minute);
    early.look('preview', -5 * minute);
    early.look({ lastEnded: instant(start - 4 * minute) }, -4 * minute);
    expect(early.phase).toBe('recording');
  });

  it('stays what it was when Kaltura does not have the webcast any more', () => {
    const story = live();
    story.vanish(minute);
    expect(story.known).toMatchObject({ phase: 'live', missing: 1 });
  });

  it('is kept as JSON and read back the same', () => {
    const { known } = ended();
    expect(readKnown(JSON.stringify(known))).toEqual(known);
    expect(readKnown(undefined)).toBeUndefined();
    expect(readKnown('{"phase":"unheard of"}')).toBeUndefined();
  });
});

describe('a broadcast', () => {
  it('is announced when it is first live, and in no later look', () => {
    const story = live();
    for (let look = 1; look < 10; look++) story.look('live', look * 5 * second);
    expect(story.kinds()).toEqual(['went live']);
    expect(story.known?.broadcast).toMatchObject({ number: 1, began: start });
  });

  it('began when the bot went live with it, when that was before the look', () => {
    const story = createStory();
    story.remember({ liveSince: instant(start + second) });
    story.look('live', 4 * second);
    expect(story.known?.broadcast?.began).toBe(start + second);
  });

  it('is known when it began and ended through the bot between two looks, and its recording is announced', () => {
    const story = createStory();
    story.look('preview', -minute);
    story.remember({ liveSince: start, endedAt: instant(start + 20 * second) });
    expect(story.look({ lastEnded: instant(start + 25 * second) }, 30 * second)).toEqual(['ended']);
    expect(story.phase).toBe('recording');
    const connected = states.preview.connectedSince;
    const began = { began: start, ended: start + 20 * second, firstConnected: connected };
    expect(story.known?.broadcast).toMatchObject({ number: 1, ...began });
    const recordings = [recording('ready', 20, connected)];
    expect(story.look({ lastEnded: instant(start + 25 * second) }, minute, { recordings })).toEqual([
      'recording ready',
    ]);
  });

  it('is known when its note came while a look was under way', () => {
    const story = createStory();
    story.look('preview', -minute);
    story.look('preview', 2 * second);
    story.remember({ liveSince: start, endedAt: instant(start + second) });
    expect(story.look('preview', 3 * second)).toEqual(['ended']);
    expect(story.look('preview', 8 * second)).toEqual([]);
  });

  it('of long ago is not told again when all that was known is lost', () => {
    const story = createStory();
    story.remember({ liveSince: start, endedAt: instant(start + 10 * minute) });
    expect(story.look({ lastEnded: instant(start + 10 * minute) }, 2 * hour)).toEqual([]);
    expect(story.look({ lastEnded: instant(start + 10 * minute) }, 2 * hour + 15 * second)).toEqual([]);
  });

  it('is lost only when two looks in a row have no picture', () => {
    const story = live();
    expect(story.look('dropped', 10 * minute)).toEqual([]);
    expect(story.phase).toBe('live');
    expect(story.look('dropped', 10 * minute + 5 * second)).toEqual(['lost']);
    expect(story.phase).toBe('interrupted');
    expect(story.look('dropped', 11 * minute)).toEqual([]);
  });

  it('takes one look without a picture for nothing', () => {
    const story = live();
    story.look('dropped', 10 * minute);
    story.look('again', 10 * minute + 5 * second);
    expect(story.kinds()).toEqual(['went live']);
    expect(story.known?.broadcast).toMatchObject({ drops: 0, gap: undefined });
  });

  it('goes on after a drop: put back to preview by Kaltura, then live again, with the gap counted', () => {
    const story = live();
    story.look('dropped', 10 * minute);
    story.look('dropped', 10 * minute + 5 * second);
    expect(story.look('back', 11 * minute)).toEqual(['returned to preview']);
    expect(story.phase).toBe('preview');
    expect(story.look('back', 11 * minute + 5 * second)).toEqual([]);
    expect(story.look('again', 12 * minute)).toEqual(['returned']);
    expect(story.phase).toBe('live');
    expect(story.known?.broadcast).toMatchObject({ number: 1, drops: 1, dark: 2 * minute });
  });

  it('that dropped and came back between two looks is in preview, and not ended', () => {
    const story = live();
    expect(story.look('back', 11 * minute)).toEqual(['returned to preview']);
    expect(story.look('again', 12 * minute)).toEqual(['returned']);
  });

  it('ends when it is put to preview while the same picture goes on', () => {
    const story = live();
    expect(story.look('preview', 30 * minute)).toEqual(['ended']);
    expect(story.events.at(-1)).toEqual({ kind: 'ended', onAir: 30 * minute });
    expect(story.phase).toBe('recording');
  });

  it('ends when the bot ended it, even if the encoder stopped before the next look', () => {
    const story = live();
    story.remember({ liveSince: start, endedAt: instant(start + 20 * minute) });
    expect(story.look('dropped', 20 * minute + 5 * second)).toEqual(['ended']);
    expect(story.known?.broadcast?.ended).toBe(start + 20 * minute);
  });

  it.each([
    ['half an hour before its planned end', 10 * minute, 29 * minute, 31 * minute],
    ['two minutes after its planned end', 65 * minute, minute, 3 * minute],
  ])('ends by itself without a picture for %s', (_when, drop, before, after) => {
    const story = live();
    const lastEnded = instant(start + drop);
    const off = { ...states.dropped, lastEnded };
    for (let passed = 0; passed <= before; passed += 30 * second) story.look(off, drop + passed);
    expect(story.phase).toBe('interrupted');
    for (let passed = before; passed <= after; passed += 30 * second) story.look(off, drop + passed);
    expect(story.events.at(-1)).toEqual({ kind: 'ended', onAir: drop });
    expect(story.known?.broadcast?.ended).toBe(lastEnded);
  });

  it('is another one when it goes live after an end', () => {
    const story = ended();
    story.remember({ liveSince: undefined, endedAt: instant(start + 10 * minute) });
    expect(story.look('again', 20 * minute)).toEqual(['went live']);
    expect(story.known?.broadcast?.number).toBe(2);
    expect(story.known?.announceAfter).toBe(start + 15 * minute);
  });

  it('is not told of by a message about the one before, however short the pause was', () => {
    const story = ended();
    story.look('again', 12 * minute);
    expect(story.known?.announceAfter).toBe(start + 10 * minute);
    story.look('again', 30 * minute);
    expect(story.known?.announceAfter).toBe(start + 10 * minute);
  });

  it('without preview is live with its picture', () => {
    const story = createStory(note(), { preview: false, open: true });
    expect(story.look({ feed: 'picture' }, 0)).toEqual(['went live']);
    story.look({ feed: 'none' }, minute);
    expect(story.look({ feed: 'none' }, minute + 5 * second)).toEqual(['lost']);
    expect(story.look({ feed: 'picture' }, 2 * minute)).toEqual(['returned']);
  });
});

describe('a recording', () => {
  it('is told when all parts are ready and as long as the time on air', () => {
    const story = ended();
    story.look('off', 12 * minute, { recordings: [recording('processing', 0)] });
    expect(story.phase).toBe('recording');
    const parts = [recording('ready', 400), recording('ready', 200)];
    expect(story.look('off', 13 * minute, { recordings: parts })).toEqual(['recording ready']);
    expect(story.events.at(-1)).toEqual({ kind: 'recording ready', parts: 2, seconds: 600, short: 0 });
    expect(story.look('off', 14 * minute, { recordings: parts })).toEqual([]);
    expect(story.phase).toBe('recorded');
  });

  it('that is too short may still grow for a quarter of an hour, and is then told with what it lacks', () => {
    const story = ended();
    const parts = [recording('ready', 300)];
    expect(story.look('off', 12 * minute, { recordings: parts })).toEqual([]);
    expect(story.look('off', 26 * minute, { recordings: parts })).toEqual(['recording ready']);
    expect(story.events.at(-1)).toMatchObject({ seconds: 300, short: 300 });
  });

  it('of an earlier broadcast does not count', () => {
    const story = ended();
    story.look('off', 12 * minute, { recordings: [recording('ready', 600, instant(start - 5 * hour))] });
    expect(story.phase).toBe('recording');
  });

  it('is told to be late once, after an hour', () => {
    const story = ended();
    expect(story.look('off', 69 * minute)).toEqual([]);
    expect(story.look('off', 71 * minute)).toEqual(['recording late']);
    expect(story.look('off', 72 * minute)).toEqual([]);
  });

  it('is not waited for when there is none, or after a day', () => {
    expect(ended({ recording: 'off' }).phase).toBe('ended');
    const story = ended();
    story.look('off', 26 * hour);
    expect(story.phase).toBe('ended');
  });
});

describe('a warning', () => {
  it('comes once when no encoder has come ten minutes before the start, and again when the show is moved', () => {
    const story = createStory();
    expect(story.look('off', -11 * minute)).toEqual([]);
    expect(story.look('off', -10 * minute)).toEqual(['no encoder']);
    expect(story.look('off', -9 * minute)).toEqual([]);
    story.remember({ start: instant(start + hour) });
    expect(story.look('off', 50 * minute)).toEqual(['no encoder', 'moved']);
  });

  it('comes when only the backup arrives in two looks', () => {
    const paths = { main: 'none', backup: 'picture', audience: 'preview' } as const;
    const story = createStory();
    expect(story.look('preview', -8 * minute, paths)).toEqual([]);
    expect(story.look('preview', -8 * minute + 5 * second)).toEqual([]);
    expect(story.look('preview', -7 * minute, paths)).toEqual(['backup only']);
    expect(story.look('preview', -6 * minute, paths)).toEqual([]);
  });

  it('comes when viewers see it long before its time, unless somebody went live through the bot', () => {
    const story = createStory();
    expect(story.look('live', -3 * hour)).toEqual(['went live', 'open outside its time']);
    expect(story.look('live', -2 * hour)).toEqual([]);
    const meant = createStory(note({ liveSince: instant(start - 3 * hour) }));
    expect(meant.look('live', -3 * hour)).toEqual(['went live']);
  });
});

describe('a show that went live here and lost its picture before a look saw it', () => {
  it('is interrupted, and not over', () => {
    const story = createStory();
    story.look('preview', -5 * minute);
    story.remember({ liveSince: instant(start + 10 * minute - 2 * second) });
    expect(story.look('dropped', 10 * minute + second)).toEqual([]);
    expect(story.phase).toBe('interrupted');
    story.look('dropped', 41 * minute);
    expect(story.phase).toBe('recording');
  });

  it('is announced when it is back', () => {
    const story = createStory();
    story.look('preview', -5 * minute);
    story.remember({ liveSince: instant(start + 10 * minute - 2 * second) });
    story.look('dropped', 10 * minute + second);
    expect(story.look('again', 12 * minute)).toEqual(['went live']);
  });
});

describe('the recording of a show that dropped and came back', () => {
  it('is as old as the first connection, and is found', () => {
    const story = createStory();
    story.look('live', 0);
    story.look('dropped', 10 * minute + second);
    story.look('dropped', 10 * minute + 10 * second);
    story.look('again', 12 * minute);
    story.remember({ endedAt: instant(start + 60 * minute) });
    const made = [recording('ready', 58 * 60, instant(start - 20 * minute))];
    const over = { ...states.dropped, lastEnded: instant(start + 60 * minute) };
    story.look(over, 60 * minute + second, { recordings: made });
    expect(story.look(over, 62 * minute, { recordings: made })).toEqual(expect.not.arrayContaining(['recording late']));
    expect(story.phase).toBe('recorded');
  });
});
