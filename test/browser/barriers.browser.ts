import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { EntryId } from '../../src/core/webcast.js';
import { launchChromium } from './chromium.js';
import { type FrontRig, openFront } from './front.js';
import { findBarriers } from './judge.js';
import { findLighthouse, type Lighthouse } from './lighthouse.js';

/** Stands in for Kaltura's player, which brings its own marks; here it is a picture with controls. */
const player = `window.KalturaPlayer = { setup: ({ targetId }) => {
  document.getElementById(targetId).innerHTML = '<video muted aria-label="Webcast"></video>';
  return { loadMedia: async () => {} };
} };`;

const hour = 3_600_000;
/** The least score of Lighthouse, which is asked where it is installed. */
const leastScore = 95;

describe('every page of the bot, in Chromium', () => {
  let rig: FrontRig;
  let lighthouse: Lighthouse | undefined;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let id: EntryId;

  beforeAll(async () => {
    lighthouse = await findLighthouse();
    browser = await launchChromium(lighthouse?.port);
    context = await browser.newContext({ viewport: { width: 360, height: 720 } });
    page = await context.newPage();
    // Nothing but the bot is reached; the moderator's page stays where it is when the way on is cut off.
    await page.route('**/*', (route) => {
      const url = new URL(route.request().url());
      if (url.pathname.includes('/embedPlaykitJs/'))
        return route.fulfill({ contentType: 'text/javascript', body: player });
      return url.origin === rig.base ? route.continue() : route.abort('aborted');
    });
    rig = await openFront();
    await rig.ask('user', 'add', { user: { objectType: 'KalturaUser', id: 'ann@example.test' } });
    id = await rig.plan();
  });

  afterAll(async () => {
    await browser?.close();
    await rig?.stop();
  });

  const visit = (address: string) => page.goto(address);
  const open = async (command: string) => visit(await rig.linkOf(`${command} ${id}`));
  /** Presses the one button, and waits for the page that comes of it. */
  const press = async () => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button').click();
    await answer;
    await page.waitForLoadState('load');
  };

  /** Each page by its heading, and how one comes to it. */
  const pages: readonly (readonly [page: string, heading: string, reach: () => Promise<unknown>])[] = [
    ['the door of the studio', 'Studio of', () => open('studio')],
    ['the way into the studio', 'Studio of', async () => [await open('studio'), await press()]],
    ['the door of the moderator view', 'Moderator view of', () => open('moderate')],
    ['the way into the moderator view', 'Moderator view of', async () => [await open('moderate'), await press()]],
    ['the door of a preview', 'Preview of', () => open('preview')],
    ['the preview', 'Preview of', async () => [await open('preview'), await press()]],
    [
      'a link that was used',
      'This link was used',
      async () => [await open('studio'), await press(), await visit(page.url())],
    ],
    [
      'a link that has expired',
      'This link has expired',
      async () => {
        await open('studio');
        rig.clock.advance(hour);
        await visit(page.url());
      },
    ],
    ['a link that nobody has made', 'There is no such link', () => visit(`${rig.base}/go/nothing`)],
    [
      'a link that Kaltura does not open now',
      'Kaltura',
      async () => {
        await open('studio');
        await rig.control('faults', { kind: 'http', on: '*', status: 503, times: 100 });
        await press();
        rig.kaltura.faults.clear();
      },
    ],
    ['an installation', 'Webcast is installed in', () => visit(`${rig.base}/slack/install`)],
    [
      'an installation begun elsewhere',
      'This installation was not begun',
      () => visit(`${rig.base}/slack/oauth_redirect?code=yes&state=other`),
    ],
  ];

  it.each(pages)('is free of barriers: %s', async (_page, heading, reach) => {
    await reach();
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    if (lighthouse) expect(await lighthouse.scoreOf(page.url())).toBeGreaterThanOrEqual(leastScore);
  });
});
