import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { EntryId } from '../../src/core/webcast.js';
import { launchChromium } from './chromium.js';
import { type FrontRig, openFront } from './front.js';

/**
 * Stands in for Kaltura's player: it writes what it was told into the page, asks Kaltura by its session whether there
 * is a picture as the live plugin does, starts a worker as its demuxer does, and tries what the page must not let happen.
 */
const standIn = `
window.told = [];
window.escaped = [];
window.KalturaPlayer = { setup(config) {
  window.told.push(config);
  const box = document.getElementById(config.targetId);
  const style = document.createElement('style');
  style.textContent = '#player{outline:3px solid rgb(1, 2, 3)}';
  document.head.append(style);
  const inline = document.createElement('script');
  inline.textContent = "window.escaped.push('inline')";
  document.head.append(inline);
  const foreign = document.createElement('script');
  foreign.src = 'https://elsewhere.example.test/evil.js';
  document.head.append(foreign);
  try { new Function("window.escaped.push('eval')")(); } catch {}
  new Worker(URL.createObjectURL(new Blob(["postMessage('works')"]))).onmessage = ({ data }) => box.append(data + ' ');
  return { async loadMedia({ entryId }) {
    const { origin } = new URL(document.querySelector('script[src*=embedPlaykitJs]').src);
    const { ks } = config.provider;
    const asked = origin + '/api_v3/service/livestream/action/isLive?format=1&id=' + entryId;
    const seen = await (await fetch(asked + '&ks=' + encodeURIComponent(ks))).json();
    const audience = await (await fetch(asked)).json();
    box.append('preview ' + seen + ', viewers ' + audience);
  } };
} };
`;

describe('the page of a preview, in Chromium', () => {
  let rig: FrontRig;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let id: EntryId;
  let scripts: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    rig = await openFront();
    id = await rig.plan();
    await rig.encoder.start(id);
  });

  afterAll(async () => {
    await browser?.close();
    await rig?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    scripts = [];
    await page.route('**/*', (route) => {
      const request = route.request();
      if (request.resourceType() === 'script') scripts.push(request.url());
      return request.url().includes('/embedPlaykitJs/')
        ? route.fulfill({ contentType: 'text/javascript', body: standIn })
        : route.continue();
    });
  });

  afterEach(() => context.close());

  const linkOf = () => rig.linkOf(`preview ${id}`);
  const told = () => page.evaluate('window.told');
  const watch = async () => {
    await page.goto(await linkOf());
    await page.getByRole('button', { name: 'Watch the preview' }).click();
    await page.getByText('preview true').waitFor();
  };

  it('plays what the encoder sends by a session that sees it, while viewers get nothing', async () => {
    await watch();
    await page.getByText('preview true, viewers false').waitFor();
    expect(await told()).toMatchObject([
      {
        targetId: 'player',
        provider: { partnerId: 101, ks: expect.stringMatching(/^djJ8/) },
        playback: { autoplay: true, muted: true },
        plugins: { 'kaltura-live': { checkLiveWithKs: true } },
      },
    ]);
    expect(page.url()).not.toContain('djJ8');
  });

  it('lets the player write styles and start workers, and nothing else run', async () => {
    await watch();
    await page.getByText('works').waitFor();
    expect(await page.evaluate("getComputedStyle(document.getElementById('player')).outlineColor")).toBe(
      'rgb(1, 2, 3)',
    );
    expect(await page.evaluate('window.escaped')).toEqual([]);
    expect(scripts).toEqual([expect.stringContaining('/embedPlaykitJs/uiconf_id/')]);
  });

  it('is good once: going back to the link finds it used', async () => {
    await watch();
    const answer = await page.goto(page.url());
    expect(answer?.status()).toBe(410);
    await page.getByRole('heading', { name: 'This link was used' }).waitFor();
  });

  it('says so when the player cannot be loaded', async () => {
    await page.route('**/embedPlaykitJs/**', (route) => route.abort());
    await page.goto(await linkOf());
    await page.getByRole('button', { name: 'Watch the preview' }).click();
    await page.getByText("Kaltura's player could not be loaded").waitFor();
  });
});
