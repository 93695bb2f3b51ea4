import { type Browser, chromium } from 'playwright-core';

/** The headless Chromium that scripts/browser.mjs has found; without it, says by which command these tests run. With a port it can also be reached there by others. */
export async function launchChromium(port?: number): Promise<Browser> {
  const { CHROMIUM } = process.env;
  if (CHROMIUM === undefined) throw new Error('CHROMIUM is not set: run this by node scripts/browser.mjs.');
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    ],
  });
}
