import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { localLink } from '../e2e/link.js';
import { type Rig, startRig } from '../e2e/program/rig.js';
import { launchChromium } from './chromium.js';
import { contrastOf, findBarriers, focusOf } from './judge.js';

/** The built bot's pages as people press them. */
describe('the pages of one-time links, in Chromium', () => {
  let rig: Rig;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let id: string;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    rig = await startRig({ env: { PUBLIC_URL: 'https://bot.example.com' } });
    await rig.call('user', 'add', { user: { objectType: 'KalturaUser', id: 'ada@example.com' } });
    ({ id } = await rig.plan('events', `Town <b>Hall</b> & 'more' ${'long '.repeat(20)}`));
  });

  afterAll(async () => {
    await browser?.close();
    await rig?.stop();
  });

  beforeEach(async () => {
    complaints = [];
    context = await browser.newContext({ viewport: { width: 360, height: 720 } });
    page = await context.newPage();
    page.on('console', (message) => {
      // A page that says that a link was used is an answer, though the console calls it an error.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  async function linkOf(line: string): Promise<string> {
    const shown = await rig.ask(line, 'events');
    const link = localLink(JSON.stringify(shown.blocks), rig.bot.url);
    if (link === undefined) throw new Error('There is no link.');
    return link;
  }

  it('open the studio by keyboard alone, with the focus in sight', async () => {
    await page.goto(await linkOf(`/webcast studio ${id}`));
    await page.keyboard.press('Tab');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const focus = await focusOf(page);
      expect(focus.words).toBe('Open the studio');
      expect(focus.width).toBeGreaterThanOrEqual(2);
      expect(contrastOf(focus.colour, focus.around)).toBeGreaterThanOrEqual(3);
    }
    await page.keyboard.press('Enter');
    const launch = page.getByRole('link', { name: 'Open the studio' });
    await launch.waitFor();
    expect(await launch.getAttribute('href')).toMatch(/^KalturaWebcast:[A-Za-z0-9+/]+=*$/);
    expect(await page.locator('b').count()).toBe(0);

    await page.keyboard.press('Tab');
    expect((await focusOf(page)).words).toBe('Open the studio');
    await page.keyboard.press('Tab');
    expect((await focusOf(page)).words).toBe('Download the studio for Mac');
  });

  it('keep standing when the scheme leads nowhere, so that the studio can be downloaded', async () => {
    await page.goto(await linkOf(`/webcast studio ${id}`));
    await page.getByRole('button', { name: 'Open the studio' }).click();
    await page.getByRole('link', { name: 'Open the studio' }).click();
    for (const system of ['Mac', 'Windows']) {
      const download = page.getByRole('link', { name: `Download the studio for ${system}` });
      expect(await download.getAttribute('href')).toMatch(/^https:\/\//);
    }
    expect(await page.getByText('If nothing opens').count()).toBe(1);
  });

  it('lead a moderator on by themselves, and tell Kaltura not where they came from', async () => {
    const arrived: { url: string; referer: string | undefined }[] = [];
    await context.route('**/apps/webcast/vlatest/index.html*', async (route) => {
      const request = route.request();
      arrived.push({
        url: request.url(),
        referer: await request.headerValue('referer').then((one) => one ?? undefined),
      });
      await route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Moderator</title>' });
    });
    await page.goto(await linkOf(`/webcast moderate ${id}`));
    await page.getByRole('button', { name: 'Open the moderator view' }).click();
    await page.waitForURL('**/apps/webcast/**');
    expect(arrived).toEqual([{ url: expect.stringContaining('qnaModeratorMode=true'), referer: undefined }]);
    expect(arrived[0]?.url).toContain(`MediaEntryId=${id}`);
  });

  it('are free of barriers before and after the press, when used, and when there is none', async () => {
    const link = await linkOf(`/webcast studio ${id}`);
    await page.goto(link);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button').click();
    await page.getByRole('link', { name: 'Open the studio' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    for (const gone of [link, `${rig.bot.url}/go/nothing`]) {
      await page.goto(gone);
      expect(await findBarriers(page)).toEqual([]);
    }
  });

  it('load nothing beside themselves', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/[\w-]{43}$/, 'token')));
    await page.goto(await linkOf(`/webcast studio ${id}`));
    await page.getByRole('button').click();
    await page.getByRole('link', { name: 'Open the studio' }).waitFor();
    expect(asked).toEqual(['/go/token', '/go/token']);
  });
});
