import { describe, expect, it } from '@jest/globals';
import { play, startTerminal } from './rig.js';

const planned = (done: readonly string[]): Record<string, unknown>[] =>
  done.filter((act) => act.startsWith('plan ')).map((act) => JSON.parse(act.slice(5)));

describe('a command without all it needs', () => {
  it('asks what is required and one question about the rest', async () => {
    const { text, done } = await play(['plan', 'Q3 Town Hall', 'in 10 minutes', 'n']);
    expect(text).toContain('Name (What viewers read):\nStart (Such as "tomorrow 15:00"):\nMore options? [y/N]');
    expect(planned(done)).toMatchObject([
      { name: 'Q3 Town Hall', start: { words: 'in 10 minutes' }, dvr: true, window: 60, recording: 'per-session' },
    ]);
    expect(text).toContain('#terminal\nPlanned: Q3 Town Hall');
  });

  it('does not ask for what the line gave already', async () => {
    const { text, done } = await play(['plan --start "in 10 minutes" --window 30', 'Show', 'n']);
    expect(text).toContain('Start: in 10 minutes\n');
    expect(planned(done)).toMatchObject([{ name: 'Show', start: { words: 'in 10 minutes' }, window: 30 }]);
  });

  it('takes the line after the required answers as the next command when it is no yes and no no', async () => {
    const { done } = await play(['plan', 'Show', 'in 10 minutes', 'status']);
    expect(planned(done)).toHaveLength(1);
    expect(done.at(-1)).toBe('status');
  });

  it('asks the rest by groups; enter keeps, a dash empties, choices go by number or name', async () => {
    const { text, done } = await play(['plan --note crew', 'Show', 'soon', 'y', '1h30', '-', '', '45', '2']);
    expect(text).toContain('\nTime\n');
    expect(text).toContain('Note (For the crew) [crew]:');
    expect(text).toContain('DVR (Viewers may go back; on or off) [on]:');
    expect(text).toContain('DVR window (How far; 1 to 90 minutes) [60]:');
    expect(text).toContain(
      '  1. One for each broadcast\n  2. None\nRecording (What is kept) [One for each broadcast]:',
    );
    const [values] = planned(done);
    expect(values).toMatchObject({ length: 90, dvr: true, window: 45, recording: 'off' });
    expect(values).not.toHaveProperty('note');
  });

  it.each(['none', 'NONE', 'off', '2'])('understands the choice "%s"', async (word) => {
    const { done } = await play(['plan', 'Show', 'soon', 'y', '', '', '', '', word]);
    expect(planned(done)).toMatchObject([{ recording: 'off' }]);
  });

  it('asks a choice again that is none of the list', async () => {
    const { text, done } = await play(['plan', 'Show', 'soon', 'y', '', '', '', '', '7', 'none']);
    expect(text).toContain('! Recording takes one of the list, by number or name.');
    expect(planned(done)).toMatchObject([{ recording: 'off' }]);
  });

  it('asks a required field again while it is empty', async () => {
    const { text, done } = await play(['plan', '', '  ', 'Show', 'soon', 'n']);
    expect(text.match(/! Name is needed\./g)).toHaveLength(2);
    expect(planned(done)).toMatchObject([{ name: 'Show' }]);
  });

  it('says what is wrong with a field and asks that field alone again', async () => {
    const { text, done } = await play(['plan', 'Show', 'yesterday', 'y', '', '', '', '', '', 'tomorrow 15:00']);
    expect(text).toContain('! Start is in the past.\nStart (Such as "tomorrow 15:00"):');
    expect(planned(done)).toMatchObject([{ name: 'Show', start: { words: 'tomorrow 15:00' } }]);
  });

  it('falls back to the default when a wrong answer is followed by an empty one', async () => {
    const { text, done } = await play(['plan', 'Show', 'soon', 'y', '', '', '', '500', '', '']);
    expect(text).toContain('! DVR window takes a whole number of minutes from 1 to 90.');
    expect(planned(done)).toMatchObject([{ window: 60 }]);
  });

  it('does not offer a wrong answer of the line again', async () => {
    const { text, done } = await play(['plan --start yesterday', 'Show', 'n', '', 'soon']);
    expect(text).toContain('! Start is needed.');
    expect(planned(done)).toMatchObject([{ start: { words: 'soon' } }]);
  });

  it('is given up at cancel, with a sentence', async () => {
    const { text, done } = await play(['plan', 'Show', 'cancel', 'status']);
    expect(text).toContain('Cancelled: plan was not done.');
    expect(done).toEqual(['status']);
  });

  it('is given up at cancel even when all that is required was said', async () => {
    const { text, done } = await play(['plan', 'Show', 'soon', 'cancel']);
    expect(text).toContain('Cancelled: plan was not done.');
    expect(done).toEqual([]);
  });

  it('is complete when piped lines end behind what is required', async () => {
    const { done } = await play(['plan', 'Show', 'soon']);
    expect(planned(done)).toMatchObject([{ name: 'Show' }]);
  });

  it('is given up when a person leaves before it is complete', async () => {
    const rig = await startTerminal({ interactive: true });
    rig.type('plan', 'Show', 'soon');
    await rig.shows('More options?');
    const text = await rig.end();
    expect(text).toContain('The input ended before all was answered: plan was not done.');
    expect(rig.done).toEqual([]);
  });

  it('is given up when the input ends, with a sentence', async () => {
    const { text, done } = await play(['plan', 'Show']);
    expect(text).toContain('The input ended before all was answered: plan was not done.');
    expect(done).toEqual([]);
  });

  it('keeps to one question at a time for a person', async () => {
    const rig = await startTerminal({ interactive: true });
    rig.type('plan');
    await rig.shows('Name (What viewers read):');
    expect(rig.printed()).not.toContain('Start (');
    rig.type('Show');
    await rig.shows('Start (');
    rig.type('soon');
    await rig.shows('More options?');
    rig.type('');
    await rig.shows('Planned: Show');
    await rig.end();
  });
});
