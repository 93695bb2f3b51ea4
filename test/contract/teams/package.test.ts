import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { commands } from '../../../src/commands/index.js';

const root = join(import.meta.dirname, '../../..');
const rules = z.record(z.string(), z.unknown()).parse(readJson('test/fixtures/teams/manifest.json'));
const list = z.array(z.looseObject({ triggers: z.unknown().optional() }));
const manifestSchema = z.looseObject({
  manifestVersion: z.string(),
  icons: z.object({ color: z.string(), outline: z.string() }),
  bots: z.array(
    z.looseObject({
      supportsTargetedMessages: z.unknown().optional(),
      commandLists: z.array(
        z.looseObject({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }),
      ),
    }),
  ),
  composeExtensions: z.array(z.looseObject({ commands: list })),
});

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** The files of a zip that stores them uncompressed, by what its own directory says. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(bytes.length - 22 + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, offset] = [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    files.set(name, bytes.subarray(start, start + size));
    at += 46 + nameLength;
  }
  return files;
}

describe.each(['1.30', '1.25'])('the app package for manifest version %s', (version) => {
  const id = '22222222-2222-4222-8222-222222222222';
  let files: Map<string, Buffer>;
  let manifest: z.infer<typeof manifestSchema>;

  beforeAll(async () => {
    const env = { ...process.env, APP_ID: id, PUBLIC_URL: 'https://webcast.example.org' };
    await promisify(execFile)(process.execPath, ['scripts/teams-package.mjs'], { cwd: root, env });
    files = unzip(readFileSync(join(root, `dist/teams/kaltura-webcast-bot-${version}.zip`)));
    manifest = manifestSchema.parse(JSON.parse(files.get('manifest.json')?.toString('utf8') ?? ''));
  });

  it('R27 holds a manifest that keeps the published rules', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
    const validate = ajv.compile(rules);
    expect(validate(manifest) ? [] : validate.errors).toEqual([]);
    expect(manifest).toMatchObject({ manifestVersion: version, id, bots: [{ botId: id }] });
  });

  it('uses slash commands and messages for one person where the version knows them, and nowhere else', () => {
    const words = JSON.stringify(manifest);
    const newer = version === '1.30';
    expect(words.includes('"supportsTargetedMessages":true')).toBe(newer);
    expect(words.includes('"triggers"')).toBe(newer);
  });

  it('offers twelve commands, which is all that Teams shows: the first ones, and help', () => {
    const titles = manifest.bots[0]?.commandLists[0]?.commands.map(({ title }) => title);
    expect(titles).toEqual([...commands.slice(0, 11).map(({ name }) => name), 'help']);
  });

  it.each([
    ['color', 192],
    ['outline', 32],
  ] as const)('holds the %s icon of %i pixels at its root', (name, size) => {
    const png = files.get(manifest.icons[name]);
    expect(png?.subarray(1, 4).toString()).toBe('PNG');
    expect([png?.readUInt32BE(16), png?.readUInt32BE(20)]).toEqual([size, size]);
    expect([...files.keys()].every((path) => !path.includes('/'))).toBe(true);
  });

  it('asks for no permission to read what others write', () => {
    expect(JSON.stringify(manifest)).not.toMatch(/Message\.Read|webApplicationInfo/);
  });
});

describe('the packages that are installed', () => {
  it('R28 run on Node 20', () => {
    const lock = z
      .object({
        packages: z.record(
          z.string(),
          z.looseObject({ engines: z.object({ node: z.string().optional() }).optional().catch(undefined) }),
        ),
      })
      .parse(readJson('package-lock.json'));
    const newer = Object.entries(lock.packages).flatMap(([name, { engines }]) => {
      const lowest = /^\s*(?:>=|\^|~)?\s*v?(\d+)(?:\.\d+)*\s*$/.exec(engines?.node ?? '');
      return lowest && Number(lowest[1]) > 20 ? [`${name} needs Node ${engines?.node}`] : [];
    });
    expect(newer).toEqual([]);
  });
});
