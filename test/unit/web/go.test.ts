import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { Ticket, TicketStore } from '../../../src/core/tickets.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { createFront, type Front } from '../../../src/web/front.js';
import { createGoRoutes } from '../../../src/web/go.js';
import type { Page } from '../../../src/web/page.js';
import { createTickets, type Tickets } from '../../../src/web/tickets.js';
import { createTestClock, type TestClock } from '../../rig/clock.js';
import { silent } from '../../rig/index.js';

const errand = {
  kind: 'studio',
  webcast: entryIdSchema.parse('1_ab12cd34'),
  user: 'ann@example.test',
  name: '"><script>alert(1)</script>',
  by: 'producer',
} as const;
const holder = { platform: 'slack', tenant: 'T1', person: 'U1' };

/** Tickets in memory, used once as the database would. */
function memory(): TicketStore {
  const rows = new Map<string, { ticket: Ticket; used: boolean }>();
  return {
    saveTicket: async (digest, ticket) => void rows.set(digest, { ticket, used: false }),
    findTicket: async (digest) => rows.get(digest),
    async useTicket(digest) {
      const row = rows.get(digest);
      if (!row || row.used) return false;
      row.used = true;
      return true;
    },
    async returnTicket(digest) {
      const row = rows.get(digest);
      if (row) row.used = false;
    },
  };
}

describe('a one-time link', () => {
  let clock: TestClock;
  let front: Front;
  let tickets: Tickets;
  let base = '';
  let minted: Ticket[] = [];
  let outcome: () => Promise<Page>;

  beforeEach(async () => {
    clock = createTestClock();
    minted = [];
    outcome = async () => ({ title: 'Opened', lines: ['Here you are.'], ways: [] });
    tickets = createTickets({ store: memory(), clock, publicUrl: () => base });
    const open = (ticket: Ticket) => {
      minted.push(ticket);
      return outcome();
    };
    const routes = createGoRoutes({ tickets, open, log: silent });
    front = createFront({
      port: 0,
      host: '127.0.0.1',
      routes,
      ready: () => true,
      clock: { now: clock.now, wait: () => new Promise(() => {}) },
      log: silent,
      newId: () => 'abcdefgh',
    });
    base = `http://127.0.0.1:${await front.start()}`;
  });

  afterEach(() => front.stop());

  const issue = async () => (await tickets.issue(errand, holder, 60)).reveal();
  const press = (url: string) => fetch(url, { method: 'POST', redirect: 'manual' });

  it('is 256 bits long and different each time', async () => {
    const [one, other] = [await issue(), await issue()];
    expect(one).toMatch(/\/go\/[\w-]{43}$/);
    expect(one).not.toBe(other);
  });

  it('is neither spent nor minted by those who only look, as chat clients do', async () => {
    const url = await issue();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(url, { method })).status).toBe(200);
    expect(minted).toEqual([]);
    expect((await press(url)).status).toBe(200);
  });

  it('opens by the button, once', async () => {
    const url = await issue();
    const page = await (await fetch(url)).text();
    expect(page).toContain('<form method="post">');
    expect(await (await press(url)).text()).toContain('Here you are.');
    const second = await press(url);
    expect(second.status).toBe(410);
    expect(await second.text()).toContain('/webcast studio');
    expect((await fetch(url)).status).toBe(410);
    expect(minted).toHaveLength(1);
  });

  it('opens once when it is pressed many times at the same moment', async () => {
    const url = await issue();
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(url)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(410)]);
    expect(minted).toHaveLength(1);
  });

  it('leads elsewhere without telling where it came from', async () => {
    const onward = 'https://kaltura.test/app?ks=secret&name="><script>';
    outcome = async () => ({ title: 'Opened', lines: [], ways: [], onward });
    const answer = await press(await issue());
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(
      '<meta http-equiv="refresh" content="0; url=https://kaltura.test/app?ks=secret&amp;name=&quot;&gt;&lt;script&gt;">',
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is good again when Kaltura could not be reached', async () => {
    const url = await issue();
    outcome = () => Promise.reject(new BotError('unavailable', 'Kaltura does not answer.', 'Try again in a minute.'));
    const failed = await press(url);
    expect(failed.status).toBe(503);
    expect(await failed.text()).toContain('Kaltura does not answer.');
    outcome = async () => ({ title: 'Opened', lines: [], ways: [] });
    expect((await press(url)).status).toBe(200);
  });

  it('says once and for all that somebody has lost the right, and offers no second try', async () => {
    const url = await issue();
    outcome = () => Promise.reject(new BotError('forbidden', 'You do not present it any more.', 'Ask a producer.'));
    const refused = await press(url);
    expect(refused.status).toBe(403);
    const page = await refused.text();
    expect(page).toContain('You do not present it any more.');
    expect(page).not.toContain('<button');
  });

  it('expires', async () => {
    const url = await issue();
    clock.advance(60 * 60_000);
    expect((await fetch(url)).status).toBe(410);
    expect((await press(url)).status).toBe(410);
    expect(minted).toEqual([]);
  });

  it.each(['x', 'A'.repeat(43), '../healthz', '%2e%2e', 'A'.repeat(5000)])(
    'is unknown when guessed: %.20s',
    async (guess) => {
      expect((await fetch(`${base}/go/${guess}`)).status).toBe(guess === '../healthz' ? 200 : 404);
      expect((await press(`${base}/go/${guess === '../healthz' ? 'x' : guess}`)).status).toBe(404);
    },
  );

  it('takes GET, HEAD and POST only', async () => {
    const answer = await fetch(await issue(), { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });

  it('is a page that nothing keeps, frames or writes into', async () => {
    const answer = await fetch(await issue());
    const page = await answer.text();
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('cannot be made without a public address', async () => {
    base = '';
    const homeless = createTickets({ store: memory(), clock, publicUrl: () => undefined });
    await expect(homeless.issue(errand, holder, 60)).rejects.toMatchObject({ code: 'misconfigured' });
  });
});
