// Finds Chromium, or installs it where that is allowed, and takes pictures of pages with it.
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { canRun, findProgram, installFromDebian } from '../debian.mjs';
import { shrinkPng } from './png.mjs';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** Opens a headless Chromium; take(html, path, scale) writes a PNG of the page's #picture, close ends the browser. */
export async function openCamera() {
  const browser = await chromium.launch({
    executablePath: locateChromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  const contexts = new Map();
  const openContext = (deviceScaleFactor) =>
    browser.newContext({
      viewport: { width: 1000, height: 800 },
      deviceScaleFactor,
      colorScheme: 'light',
      offline: true,
    });
  return {
    async take(html, path, scale = 1.5) {
      if (!contexts.has(scale)) contexts.set(scale, await openContext(scale));
      const page = await contexts.get(scale).newPage();
      await page.setContent(html, { waitUntil: 'load' });
      const picture = await page.locator('#picture').screenshot({ omitBackground: true });
      await writeFile(path, shrinkPng(picture));
      await page.close();
    },
    close: () => browser.close(),
  };
}

/** The path of Chromium, which is installed where that is allowed; says the remedy where it cannot be had. */
export const locateChromium = () => findChromium() ?? installChromium();

function findChromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (canRun(CHROMIUM)) return CHROMIUM;
    throw new Error(`CHROMIUM is ${CHROMIUM}, which cannot be run. Give the path of Chromium or Chrome, or unset it.`);
  }
  return findProgram(names);
}

function installChromium() {
  const remedy = 'Install it (apt-get install chromium on Debian), or set CHROMIUM to the path of Chromium or Chrome.';
  if (process.getuid?.() !== 0) throw new Error(`This needs Chromium, and there is none. ${remedy}`);
  process.stdout.write('Installing Chromium from Debian\n');
  try {
    installFromDebian(['chromium', 'fonts-liberation', 'fonts-dejavu-core']);
  } catch (cause) {
    throw new Error(`This needs Chromium, and it could not be installed. ${remedy}`, { cause });
  }
  const found = findChromium();
  if (!found) throw new Error(`This needs Chromium, and there is none. ${remedy}`);
  return found;
}
