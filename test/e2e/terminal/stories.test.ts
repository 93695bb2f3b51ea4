import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { play, type Run, run } from './play.js';

/** The story takes some seconds of real time, since it waits for a recording; the others are told meanwhile. */
describe('the terminal', () => {
  const story: { run?: Promise<Run> } = {};

  beforeAll(async () => {
    story.run = play(await readFile(new URL('../../../docs/demo.txt', import.meta.url), 'utf8'));
  });

  it('greets with six lines, and ends with its input', async () => {
    const { stdout, stderr, code } = await play('');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.trim().split('\n')).toHaveLength(6);
    expect(stdout).toMatch(/create "Q3 Town Hall" --start "in 10 minutes"[\s\S]*encoder start[\s\S]*golive[\s\S]*help/);
  });

  it('asks whether a misspelt word was meant, and takes the words of Slack too', async () => {
    const { stdout, code } = await play([
      'golvie',
      '/webcast stauts',
      '/webcast help',
      'create Hall --strat now',
      'quit',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('Did you mean golive?');
    expect(stdout).toContain('Did you mean status?');
    expect(stdout).toContain('Did you mean --start?');
    expect(stdout).toContain('Webcasts from plan to recording');
    expect(stdout).toContain('encoder start|drop|stop');
  });

  it('asks the form field by field, asks again what was wrong, and shows what became of it', async () => {
    const { stdout, code } = await play(['create', 'Piped hall', 'half past never', 'in 10 minutes', 'n', 'status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Name [\s\S]*Start [\s\S]*I do not understand "half past never" as a time/);
    expect(stdout).toContain('Piped hall is planned');
    expect(stdout).toMatch(/Phase: +Scheduled/);
  });

  it('asks every field of the table when more is wanted', async () => {
    const { stdout } = await play(['create --start "2027-06-01 09:30"', 'Whole hall', 'y', ...Array(20).fill('')]);
    for (const label of ['Description', 'Tags', 'Preview before', 'DVR', 'DVR window', 'Recording', 'Time zone']) {
      expect(`${label}: ${stdout.includes(label)}`).toBe(`${label}: true`);
    }
    expect(stdout).toContain('Whole hall is planned');
  });

  it('asks before it goes live and before it ends, and leaves it as it is on anything but yes', async () => {
    const { stdout } = await play([
      ...[
        'create Asked --start "in 10 minutes"',
        'encoder start',
        'golive',
        'n',
        'golive',
        'y',
        'end',
        'no',
        'end',
        'yes',
      ],
    ]);
    expect(stdout).toMatch(/Left as it is\.[\s\S]*Live now: Asked[\s\S]*Left as it is\.[\s\S]*Ended: Asked/);
  });

  it('has an encoder that takes an entry id and can send on both paths', async () => {
    const { stdout } = await play([
      ...['create First --start "in 10 minutes"', 'create Second --start "in 20 minutes"', 'encoder start first'],
      ...[
        'encoder start first --backup',
        'status First',
        'encoder drop first',
        'status First',
        'encoder start 0_aaaaaaaa',
      ],
    ]);
    expect(stdout).toMatch(/Encoder, main: +picture arrives, since .*\n *Encoder, backup: +picture arrives/);
    expect(stdout).toMatch(/Encoder, main: +nothing arrives\n *Encoder, backup: +picture arrives/);
    expect(stdout).toContain('Kaltura knows no such webcast.');
  });

  it('prints no escape sequence and no character that steers a terminal, whatever is typed', async () => {
    const { stdout } = await play([
      'create "Red \u001b[31m\u0007hall" --start "in 10 minutes"',
      'create "\u202eevil\u202c <!channel> &amp; *bold*" --start "in 10 minutes"',
      '\u001b]0;title\u0007',
      'list',
      'help',
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(stdout).toContain('control character');
  });

  it('survives a line of any length and input that is no text', async () => {
    const { stdout, code } = await play(`${'x'.repeat(100_000)}\n\u0000\ufffd\n# a remark\nhelp status`);
    expect(code).toBe(0);
    expect(stdout).toContain('That line is longer than');
    expect(stdout).toContain('# a remark');
    expect(stdout).toContain('/webcast status');
  });

  it('finds what was planned in an earlier run on the same folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'webcast-play-'));
    await run(['create Kept --start "in 10 minutes"'], { DATA_DIR: dataDir });
    const { stdout } = await run(['status', 'list'], { DATA_DIR: dataDir });
    await rm(dataDir, { recursive: true });
    expect(stdout).toMatch(/Kept[\s\S]*Phase: +Scheduled[\s\S]*1 webcast/);
  });

  it('plays the story of docs/demo.txt from plan to recording', async () => {
    const told = await story.run;
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const landmarks = [
      ...['Q3 Town Hall is planned', 'No picture arrives for "Q3 Town Hall"', 'A picture arrives at Q3 Town Hall'],
      ...['Preview: the crew sees it', 'Live now: Q3 Town Hall', 'embedPlaykitJs', 'Interrupted: no picture arrives'],
      ...['Live again: Q3 Town Hall', 'Ended: Q3 Town Hall', 'processing since', 'Recording of Q3 Town Hall: ready'],
      'Ended',
    ];
    let from = 0;
    for (const words of landmarks) {
      const at = told?.stdout.indexOf(words, from) ?? -1;
      expect(`${words}: ${at >= 0}`).toBe(`${words}: true`);
      from = at + words.length;
    }
    expect(told?.stdout).not.toContain('djJ8');
  });
});
