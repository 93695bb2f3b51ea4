import { describe, expect, it } from '@jest/globals';
import { asGiven, defineCommand } from '../../../../src/core/command.js';
import { play, startTerminal } from './rig.js';

describe('a private answer with one button that wants to be confirmed', () => {
  it('is asked as a question, and yes presses the button', async () => {
    const { text, done } = await play(['golive 1_abcdef12', 'y']);
    expect(text).toContain('Go live? All viewers will see the picture. [y/N]');
    expect(done).toEqual(['golive 1_abcdef12']);
    expect(text).toContain('On air');
  });

  it.each(['n', 'no', '', 'cancel'])('is left alone at "%s"', async (answer) => {
    const { text, done } = await play(['golive 1_abcdef12', answer, 'status']);
    expect(text).toContain('Left as it is.');
    expect(done).toEqual(['status']);
  });

  it('takes a line that is neither yes nor no as no and as the next command', async () => {
    const { done } = await play(['golive 1_abcdef12', 'status 1_abcdef12']);
    expect(done).toEqual(['status 1_abcdef12']);
  });

  it('takes the end of the input as no', async () => {
    const { done } = await play(['golive 1_abcdef12']);
    expect(done).toEqual([]);
  });

  it('is not asked when the line said yes already', async () => {
    const { text, done } = await play(['golive 1_abcdef12 --yes']);
    expect(text).not.toContain('[y/N]');
    expect(done).toEqual(['golive 1_abcdef12']);
  });

  it('is not asked when there are several such buttons, since the person has to say which', async () => {
    const confirm = { title: 'Go live', text: 'Sure.', yes: 'Yes', no: 'No' };
    const buttons = ['1_aaaaaaaa', '1_bbbbbbbb'].map((id) => ({ label: id, line: `golive ${id} --yes`, confirm }));
    const both = defineCommand({
      name: 'both',
      summary: '',
      examples: [],
      role: 'viewer',
      params: {},
      settle: asGiven,
      answer: () => ({ summary: 'Both', nodes: [{ kind: 'buttons', buttons }] }),
      async run() {
        return [];
      },
    });
    const { text, done } = await play(['both', 'y'], { more: [both] });
    expect(text).toContain('  [1_aaaaaaaa]  golive 1_aaaaaaaa --yes\n  [1_bbbbbbbb]  golive 1_bbbbbbbb --yes');
    expect(text).not.toContain('[y/N]');
    expect(done).toEqual([]);
  });

  it('waits for a person who types', async () => {
    const rig = await startTerminal({ interactive: true });
    rig.type('golive 1_abcdef12');
    await rig.shows('[y/N]');
    expect(rig.done).toEqual([]);
    rig.type('yes');
    await rig.shows('On air');
    await rig.end();
    expect(rig.done).toEqual(['golive 1_abcdef12']);
  });
});

describe('a list to choose from', () => {
  it('is numbered, and the number chosen is the next command', async () => {
    const { text, done } = await play(['golive', '2', 'y']);
    expect(text).toContain('  1. Morning show (1_aaaaaaaa)\n  2. Evening show (1_bbbbbbbb)');
    expect(done).toEqual(['golive 1_bbbbbbbb']);
  });

  it('says which numbers there are when another is typed, and stays open', async () => {
    const { text, done } = await play(['golive', '3', '1', 'y']);
    expect(text).toContain('There is no 3; type a number from 1 to 2.');
    expect(done).toEqual(['golive 1_aaaaaaaa']);
  });

  it('is closed by any other command', async () => {
    const { text, done } = await play(['golive', 'status', '1']);
    expect(done).toEqual(['status']);
    expect(text).toContain('I do not know the command "1"');
  });
});
