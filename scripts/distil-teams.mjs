// Distils what the tests of the Teams double need from the collected payloads:
//   node scripts/distil-teams.mjs [samples folder]
// reads <folder>/teams/*.json, writes test/fixtures/teams/shapes.json (the fields of each kind of activity with their
// types) and test/fixtures/teams/errors.json (status and code of the connector's errors).
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const samples = join(process.argv[2] ?? join(root, '../shared/samples'), 'teams');
const target = join(root, 'test/fixtures/teams');

/** Fields that belong to the sample's story and not to the platform. */
const open = ['value.data', 'value.action.data'];

function shapeOf(value, path = '') {
  if (value === null) return [`${path}: null`];
  if (Array.isArray(value)) return [`${path}: list`, ...value.flatMap((item) => shapeOf(item, `${path}[]`))];
  if (typeof value !== 'object') return [`${path}: ${typeof value}`];
  const inner = Object.entries(value).flatMap(([key, item]) => shapeOf(item, path === '' ? key : `${path}.${key}`));
  return path === '' ? inner : [`${path}: object`, ...inner];
}

const files = (await readdir(samples)).filter((name) => name.endsWith('.json'));
const shapes = {};
for (const name of files.sort()) {
  const kind = basename(name, '.json');
  if (['INDEX', 'connector.errors'].includes(kind)) continue;
  const paths = shapeOf(JSON.parse(await readFile(join(samples, name), 'utf8')));
  const told = paths.filter((path) => !open.some((one) => path.startsWith(`${one}.`)));
  const own = kind === 'message.action_submit' ? told.filter((path) => !path.startsWith('value.')) : told;
  shapes[kind] = [...new Set(own)].sort();
}
const errors = JSON.parse(await readFile(join(samples, 'connector.errors.json'), 'utf8')).map(({ status, body }) => ({
  status,
  code: body.error?.code ?? body.errorCode,
}));

await mkdir(target, { recursive: true });
await writeFile(join(target, 'shapes.json'), `${JSON.stringify(shapes, null, 1)}\n`);
await writeFile(join(target, 'errors.json'), `${JSON.stringify(errors, null, 1)}\n`);
