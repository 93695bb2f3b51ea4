// Writes the Teams app packages to dist/teams, for the bot and the address that the environment names.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../dist/commands/index.js';
import { createManifest, versions } from '../teams/manifest.mjs';
import { zip } from '../teams/zip.mjs';

const root = new URL('../', import.meta.url);
const { MicrosoftAppId, APP_ID = MicrosoftAppId, PUBLIC_URL, WEBSITE_URL, PRIVACY_URL, TERMS_URL } = process.env;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (APP_ID && !guid.test(APP_ID))
  fail('APP_ID must be the application id of the bot, such as 00000000-0000-0000-0000-000000000000.');
for (const [name, url] of Object.entries({ PUBLIC_URL, WEBSITE_URL, PRIVACY_URL, TERMS_URL })) {
  if (url && !url.startsWith('https://')) fail(`${name} must be an https address for Teams.`);
}

const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const host = (PUBLIC_URL || 'https://webcast-bot.example.com').replace(/\/+$/, '');
const app = {
  id: (APP_ID || '00000000-0000-0000-0000-000000000000').toLowerCase(),
  version,
  websiteUrl: WEBSITE_URL || host,
  privacyUrl: PRIVACY_URL || `${host}/privacy`,
  termsUrl: TERMS_URL || `${host}/terms`,
};
const icons = ['color.png', 'outline.png'].map((name) => [name, readFileSync(new URL(`teams/${name}`, root))]);

mkdirSync(new URL('dist/teams/', root), { recursive: true });
for (const manifestVersion of versions) {
  const manifest = Buffer.from(`${JSON.stringify(createManifest(manifestVersion, app, commands), undefined, 2)}\n`);
  const path = `dist/teams/kaltura-webcast-bot-${manifestVersion}.zip`;
  writeFileSync(new URL(path, root), zip([['manifest.json', manifest], ...icons]));
  process.stdout.write(`${path} written\n`);
}
if (!APP_ID || !PUBLIC_URL) {
  process.stdout.write(
    'They hold placeholders: set APP_ID (or MicrosoftAppId) and PUBLIC_URL before you upload one.\n',
  );
}
