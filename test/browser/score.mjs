// Prints Lighthouse's score of accessibility of a page that is open in a browser, as it stands, without loading it again:
// node score.mjs <folder of the package lighthouse> <the browser's debugging port> <address of the page>
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, port, address] = process.argv.slice(2);
const own = createRequire(join(resolve(folder), 'package.json'));
const load = (name) => import(pathToFileURL(own.resolve(name)).href);
const { snapshot } = await load('./core/index.js');
const { default: puppeteer } = await load('puppeteer-core');

const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
const open = await Promise.all(browser.targets().flatMap((target) => (target.type() === 'page' ? target.page() : [])));
const page = open.find((one) => one.url() === address);
if (page === undefined) throw new Error(`No page is open at ${address}.`);
const { lhr } = await snapshot(page, {
  flags: { onlyCategories: ['accessibility'], screenEmulation: { disabled: true }, disableFullPageScreenshot: true },
});
await browser.disconnect();
process.stdout.write(`${Math.round(lhr.categories.accessibility.score * 100)}\n`);
