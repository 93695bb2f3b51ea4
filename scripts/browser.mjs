// Runs the tests that press the bot's pages in Chromium, after npm run build: node scripts/browser.mjs [--if-there]
// With --if-there a machine that has no Chromium and may not install it is told so, and nothing fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { locateChromium } from './pictures/chromium.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const chromium = find();
if (chromium !== undefined) {
  const jest = ['node_modules/jest/bin/jest.js', '--testMatch', '<rootDir>/test/browser/**/*.browser.ts'];
  // A browser on a busy machine takes its time to start, and so does Lighthouse.
  jest.push('--testTimeout', '120000');
  const { status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...jest], {
    cwd: root,
    env: { ...process.env, CHROMIUM: chromium },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

function find() {
  try {
    return locateChromium();
  } catch (error) {
    if (!process.argv.includes('--if-there')) throw error;
    process.stdout.write(`The pages were not tried in a browser. ${error.message}\n`);
    return undefined;
  }
}
