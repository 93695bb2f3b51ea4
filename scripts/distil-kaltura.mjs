#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distilRecordings } from './distil/recordings.mjs';
import { cutSchema } from './distil/schema.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const check = words.includes('--check');
const source = words.find((word) => !word.startsWith('--')) ?? join(project, '../shared/kaltura');

if (!existsSync(join(source, 'schema.json'))) {
  process.stderr.write(`There are no recordings in ${source}: give their folder as an argument.\n`);
  // What is not there cannot have changed.
  process.exit(check ? 0 : 1);
}
const schema = JSON.parse(readFileSync(join(source, 'schema.json'), 'utf8'));
const outputs = new Map([
  [
    'src/playground/kaltura/schema.json',
    `${JSON.stringify(cutSchema(schema, join(project, 'src/playground/kaltura'), join(source, 'recordings')), null, 2)}\n`,
  ],
]);

for (const [name, text] of distilRecordings(join(source, 'recordings'))) {
  outputs.set(`test/fixtures/kaltura/${name}`, text);
}

let stale = 0;
for (const [name, text] of outputs) {
  const path = join(project, name);
  let present;
  try {
    present = readFileSync(path, 'utf8');
  } catch {
    present = undefined;
  }
  if (present === text) continue;
  if (check) {
    process.stderr.write(`${name} is stale: run node scripts/distil-kaltura.mjs\n`);
    stale += 1;
    continue;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${name}: ${text.length} bytes\n`);
}
if (stale > 0) process.exitCode = 1;
