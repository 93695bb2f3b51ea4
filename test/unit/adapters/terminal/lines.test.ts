import { describe, expect, it } from '@jest/globals';
import { asGiven, defineCommand } from '../../../../src/core/command.js';
import { say } from '../../../../src/core/view.js';
import { play, startTerminal } from './rig.js';

describe('a line typed into the terminal', () => {
  it('is a command, with or without /webcast', async () => {
    const { done } = await play(['status 1_one', '/webcast status 1_two', '/WEBCAST   status 1_three']);
    expect(done).toEqual(['status 1_one', 'status 1_two', 'status 1_three']);
  });

  it('that is misspelt is answered with the command that was meant', async () => {
    const { text } = await play(['golvie']);
    expect(text).toContain('Did you mean golive');
  });

  it('is answered to the person alone when the answer is private', async () => {
    const { text } = await play(['help']);
    expect(text).toContain('(only you)\nThis is the help.');
  });

  it('may ask for a secret, which is printed for the person alone', async () => {
    const { text } = await play(['key']);
    expect(text).toContain('(only you)\nStream key:\ns3cr3t');
  });

  it('may be empty and then does nothing', async () => {
    const { text } = await play(['', '   ']);
    expect(text).toBe('');
  });

  it('that begins with # is a remark of a story and printed with it', async () => {
    const { text, done } = await play(['# Plan it', 'status']);
    expect(text.indexOf('# Plan it')).toBeLessThan(text.indexOf('All quiet'));
    expect(done).toEqual(['status']);
  });

  it('is understood behind the byte order mark that some editors write', async () => {
    const { done } = await play(['\uFEFFstatus']);
    expect(done).toEqual(['status']);
  });

  it('that no person would type is refused for its length', async () => {
    const { text, done } = await play([`status ${'x'.repeat(10_000)}`, 'status']);
    expect(text).toContain('longer than 10000 characters');
    expect(done).toEqual(['status']);
  });

  it('cannot smuggle escape sequences back onto the screen', async () => {
    const { text } = await play(['\u001b[2Jboo']);
    expect(text).toContain('I do not know the command "␛[2Jboo"');
    expect(text).not.toContain('\u001b');
  });
});

describe('the terminal', () => {
  it('prints its first screen before anything else', async () => {
    const { text } = await play(['status'], { banner: ['Welcome.', 'Type help.'] });
    expect(text.startsWith('Welcome.\nType help.\n')).toBe(true);
  });

  it('ends each line of work before it reads the next line', async () => {
    const order: string[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = defineCommand({
      name: 'slow',
      summary: '',
      examples: [],
      role: 'viewer',
      params: {},
      settle: asGiven,
      async run(_input, context) {
        await context.progress(say('Slow begins'));
        await released;
        order.push('slow');
        return [];
      },
    });
    const rig = await startTerminal({ more: [slow] });
    rig.type('slow', 'status');
    await rig.shows('Slow begins');
    order.push(...rig.done);
    release();
    await rig.end();
    expect([...order, ...rig.done]).toEqual(['slow', 'status']);
  });

  it.each(['quit', 'exit', '/webcast quit', 'EXIT'])(
    'is over at %s, and lines behind it are not done',
    async (word) => {
      const rig = await startTerminal();
      rig.type('status', word, 'status');
      await rig.over;
      expect(rig.done).toEqual(['status']);
    },
  );

  it('does a last line that has no end before it is over', async () => {
    const rig = await startTerminal();
    rig.write('status 1_one\nstatus 1_two');
    await rig.end();
    expect(rig.done).toEqual(['status 1_one', 'status 1_two']);
  });

  it('is over when nobody reads its output any more', async () => {
    const rig = await startTerminal();
    rig.breakOutput();
    await rig.over;
    rig.type('status');
    expect(rig.done).toEqual([]);
  });

  it('prints no prompt and no escape code when lines are piped', async () => {
    const { text } = await play(['help', 'plan', 'Show', 'in 10 minutes', 'n', 'golive 1_abcdef12 --yes']);
    expect(text).not.toMatch(/^> /m);
    expect(text).not.toContain('\u001b');
  });

  it('shows a prompt to a person', async () => {
    const rig = await startTerminal({ interactive: true });
    await rig.shows('> ');
    rig.type('status');
    await rig.shows('All quiet');
    await rig.end();
  });

  it('is stopped from outside without calling that an end', async () => {
    const rig = await startTerminal();
    let ended = false;
    void rig.over.then(() => {
      ended = true;
    });
    await rig.platform.stop();
    rig.type('status');
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.done).toEqual([]);
    expect(ended).toBe(false);
  });

  it('knows the person behind it by their time zone and no groups', async () => {
    const { platform, end } = await startTerminal();
    expect(await platform.profile('terminal', 'you')).toEqual({ name: 'you', email: undefined, zone: 'Europe/Berlin' });
    expect(await platform.groupsOf('terminal', 'you', ['crew'])).toEqual([]);
    await end();
  });
});

describe('a word of the playground', () => {
  const heard: string[][] = [];
  const word = {
    name: 'encoder',
    takes: (next: string) => ['start', 'drop', 'stop'].includes(next),
    help: 'encoder start|drop|stop  plays an encoder',
    async run(args: readonly string[]) {
      heard.push([...args]);
      if (args[1] === 'broken') throw new Error('cable');
      return 'A picture arrives.';
    },
  };
  const encoder = defineCommand({
    name: 'encoder',
    summary: '',
    examples: [],
    role: 'viewer',
    params: {},
    settle: asGiven,
    answer: () => say('The product answers.'),
    async run() {
      return [];
    },
  });

  it('takes the line when a word it knows follows', async () => {
    const { text } = await play(['encoder start 1_abcdef12', '/webcast encoder stop'], {
      words: [word],
      more: [encoder],
    });
    expect(heard).toEqual([['start', '1_abcdef12'], ['stop']]);
    expect(text).toContain('(only you)\nA picture arrives.');
    expect(text).not.toContain('The product answers.');
  });

  it('leaves the line to the product otherwise', async () => {
    const { text } = await play(['encoder'], { words: [word], more: [encoder] });
    expect(text).toContain('The product answers.');
  });

  it('is named below the help', async () => {
    const { text } = await play(['help'], { words: [word] });
    expect(text).toContain('encoder start|drop|stop  plays an encoder');
  });

  it('that fails unexpectedly is told with a reference that the log has too', async () => {
    const { text, errors, done } = await play(['encoder start broken', 'status'], { words: [word] });
    expect(text).toContain('Something went wrong on our side.');
    expect(errors).toHaveLength(1);
    expect(done).toEqual(['status']);
  });
});
