import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

interface Source {
  readonly path: string;
  readonly text: string;
  /** Paths from the root for the project's own files, package names for the rest. */
  readonly imports: readonly string[];
}

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), 'utf8');
      const names = [...text.matchAll(/(?:^(?:import|export)\b[^'"`;]*?from|^import|\bimport\()\s*'([^']+)'/gm)].map(
        (match) => match[1] ?? '',
      );
      const imports = names.map((one) => (one.startsWith('.') ? relative(root, join(root, dirname(path), one)) : one));
      return { path, text, imports };
    });
}

const all = sources('src');
const inRoom = (room: string) => all.filter((source) => source.path.startsWith(room));

/** What a room's files import beside the named beginnings, as "file -> import". */
function strays(room: string, allowed: readonly string[]): string[] {
  return inRoom(room).flatMap(({ path, imports }) =>
    imports
      .filter((one) => !allowed.some((name) => one === name || one.startsWith(name.endsWith('/') ? name : `${name}/`)))
      .map((one) => `${path} -> ${one}`),
  );
}

describe('the house', () => {
  it('lets core import zod, a speller and nothing else', () => {
    expect(strays('src/core/', ['src/core/', 'zod', 'fastest-levenshtein'])).toEqual([]);
  });

  it('lets commands see core, what is shown, and the reading of times only', () => {
    expect(strays('src/commands/', ['src/commands/', 'src/core/', 'src/show/', 'src/time/'])).toEqual([]);
  });

  it('lets what is shown see core and times only', () => {
    expect(strays('src/show/', ['src/show/', 'src/core/', 'src/time/'])).toEqual([]);
  });

  it('lets the room that keeps cards true see core, what is shown, and times only', () => {
    expect(strays('src/live/', ['src/live/', 'src/core/', 'src/show/', 'src/time/', 'zod', 'node:crypto'])).toEqual([]);
  });

  it('lets drawing see core, what draws, and the fonts', () => {
    const allowed = ['src/draw/', 'src/core/', 'echarts', '@resvg/resvg-js', 'node:url', 'node:worker_threads'];
    expect(strays('src/draw/', allowed)).toEqual([]);
  });

  it('keeps what draws in the thread that draws', () => {
    const heavy = ['src/draw/chart.js', 'src/draw/picture.js', 'src/draw/worker.js', 'echarts', '@resvg/resvg-js'];
    const users = all.filter(({ text, imports }) => {
      const loaded = imports.filter(
        (one) => !text.includes(`import type { Answer } from './${one.split('/').at(-1)}'`),
      );
      return loaded.some((one) => heavy.some((name) => one === name || one.startsWith(`${name}/`)));
    });
    expect(users.map(({ path }) => path)).toEqual(['src/draw/chart.ts', 'src/draw/picture.ts', 'src/draw/worker.ts']);
  });

  it('lets times see core and their two libraries', () => {
    expect(strays('src/time/', ['src/time/', 'src/core/', 'luxon', 'chrono-node'])).toEqual([]);
  });

  it.each(['src/kaltura/', 'src/store/', 'src/web/'])('lets %s see core and itself, beside packages', (room) => {
    const rooms = inRoom(room).flatMap(({ path, imports }) =>
      imports
        .filter((one) => one.startsWith('src/') && !one.startsWith('src/core/') && !one.startsWith(room))
        .map((one) => `${path} -> ${one}`),
    );
    expect(rooms).toEqual([]);
  });

  it('keeps each platform in its own folder', () => {
    const crossings = inRoom('src/adapters/').flatMap(({ path, imports }) => {
      const own = path.split('/').slice(0, 3).join('/');
      const fine = (one: string) =>
        !one.startsWith('src/') ||
        one.startsWith(`${own}/`) ||
        one.startsWith('src/core/') ||
        one.startsWith('src/time/') ||
        one === 'src/web/page.js';
      return imports.filter((one) => !fine(one)).map((one) => `${path} -> ${one}`);
    });
    expect(crossings).toEqual([]);
  });

  it('lets only the Kaltura room import the Kaltura client', () => {
    const users = all.filter(({ imports }) => imports.some((one) => one.startsWith('kaltura-typescript-client')));
    expect(users.filter(({ path }) => !path.startsWith('src/kaltura/')).map(({ path }) => path)).toEqual([]);
  });

  it('lets only the composition bring in the playground', () => {
    const users = all.filter(
      ({ path, imports }) =>
        !path.startsWith('src/playground/') && imports.some((one) => one.startsWith('src/playground/')),
    );
    expect(users.map(({ path }) => path).filter((path) => path !== 'src/program.ts')).toEqual([]);
  });

  it('reads the environment in the programs only', () => {
    const readers = all.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    expect(readers.filter((path) => !path.endsWith('main.ts'))).toEqual([]);
  });

  it('has no file that outgrew 400 lines, and a median below 150', () => {
    const lengths = all.map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 401)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(150);
  });

  it('has one file for each command, named after it', async () => {
    const { commands } = await import('../../src/commands/index.js');
    const files = readdirSync(join(root, 'src/commands')).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
    expect(commands.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });
});
