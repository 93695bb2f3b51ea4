import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = join(import.meta.dirname, '../../../../src');
const read = (folder: string) =>
  readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(src, folder, name), 'utf8') }));

describe('the Teams room', () => {
  it('is the only one that knows the Bot Framework, in one file', () => {
    const users = ['adapters', 'commands', 'core', 'kaltura', 'store', 'time', 'web', 'playground']
      .flatMap(read)
      .filter(({ text }) => /from 'botbuilder|import\('botbuilder/.test(text));
    expect(users.map(({ name }) => name)).toEqual(['adapters/teams/adapter.ts']);
  });

  it('leaves no word of Teams in the product\u2019s core and commands', () => {
    const words = /msteams|adaptive ?card|activity|aadObject|invoke|botbuilder|microsoft/i;
    const found = ['commands', 'core'].flatMap(read).flatMap(({ name, text }) => {
      const lines = text.split('\n').filter((line) => words.test(line));
      return lines.map((line) => `${name}: ${line.trim()}`);
    });
    expect(found).toEqual([]);
  });
});
