import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { MessageRef, Place } from '../../../src/core/ports.js';
import { say } from '../../../src/core/view.js';
import { instant } from '../../../src/core/webcast.js';
import type { FaultEffect } from '../../doubles/teams/faults.js';
import { type Changes, jobFor, type Rig, startRig } from './rig.js';

describe('the wire to Teams', () => {
  let rig: Rig;

  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  /** A bot that has been spoken to in the channel. */
  async function meet(changes: Changes = {}): Promise<Place> {
    rig = await startRig(changes);
    await rig.alex.says('@Webcast help', { in: 'Webcasts' });
    await rig.shown(rig.alex, 'Webcasts');
    const place = rig.inbounds[0]?.place;
    if (!place) throw new Error('nothing was said');
    return place;
  }

  const failing = async (work: Promise<unknown>): Promise<BotError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof BotError) return error;
    throw error ?? new Error('it did not fail');
  };

  const post = (place: Place) => rig.teams.post(place, say('Hello'));

  it('R11 posts once when the answer is a 502 after delivery', async () => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect: { kind: 'delivered', end: 'bad gateway' } });
    expect((await failing(post(place))).code).toBe('outcome_unknown');
    expect(rig.double.calls('create')).toHaveLength(1);
    expect(rig.megan.sees('Webcasts').filter(({ author }) => author === 'bot')).toHaveLength(1);
  });

  it.each<[string, FaultEffect]>([
    ['cut off', { kind: 'delivered', end: 'reset' }],
    ['garbled by a gateway', { kind: 'status', status: 502, body: '<html>', contentType: 'text/html' }],
  ])('posts once when the answer is %s', async (_how, effect) => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect });
    expect((await failing(post(place))).code).toBe('outcome_unknown');
    expect(rig.double.calls('create')).toHaveLength(1);
  });

  it('edits once more after a passing failure, since editing twice does no harm', async () => {
    const ref = await post(await meet());
    rig.double.faults.add({ at: 'put', effect: { kind: 'status', status: 503 } });
    const edited = rig.teams.update(ref, say('Changed'));
    await rig.clock.waitedOn(500);
    rig.clock.advance(500);
    await edited;
    expect(rig.double.calls('put').map(({ status }) => status)).toEqual([503, 200]);
  });

  it('R12 waits for no Retry-After of an hour', async () => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect: { kind: 'status', status: 429, retryAfter: 3600 } });
    expect(await failing(post(place))).toMatchObject({
      code: 'busy',
      hint: 'Try again in 3600 s.',
      retryAfter: 3_600_000,
    });
    expect((await failing(post(place))).code).toBe('busy');
    expect(rig.double.calls('create')).toHaveLength(1);
    const delivery = await rig.alex.says('help');
    expect(delivery.status).toBe(200);
  });

  it('waits for a short Retry-After, and holds back nobody else', async () => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect: { kind: 'status', status: 429, retryAfter: 2 } });
    const posted = post(place);
    await rig.clock.waitedOn(2000);
    await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal');
    rig.clock.advance(2000);
    await posted;
    expect(rig.double.calls('create').map(({ status }) => status)).toEqual([429, 201]);
  });

  it('tells what a command has done though the channel is busy for some seconds more', async () => {
    await meet();
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => void (await platform.post(inbound.place, say('It is over.')));
    rig.double.faults.add({ at: 'post', effect: { kind: 'status', status: 429, retryAfter: 2 }, times: 3 });
    const known = rig.double.calls('post').length;
    await rig.alex.says('@Webcast end', { in: 'Webcasts' });
    for (let rest = 0; rest < 3; rest += 1) {
      await rig.clock.waitedOn(2000);
      rig.clock.advance(2000);
    }
    const seen = () => rig.megan.sees('Webcasts').some((one) => rig.megan.reads(one).includes('It is over.'));
    await rig.double.until('the news', seen);
    const statuses = rig.double
      .calls('post')
      .slice(known)
      .map(({ status }) => status);
    expect(statuses).toEqual([429, 429, 429, 201]);
  });

  it('waits for no Retry-After when nobody waits for the message', async () => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect: { kind: 'status', status: 429, retryAfter: 2 } });
    const refused = rig.teams.bulk?.post(place, say('Hello'));
    await expect(refused).rejects.toMatchObject({ code: 'busy', retryAfter: 2000 });
    expect(rig.double.calls('create').map(({ status }) => status)).toEqual([429]);
  });

  it('R13 gives up on a silent connector, while other conversations go on', async () => {
    const place = await meet({ timeout: 300 });
    rig.double.faults.add({ at: 'create', effect: { kind: 'hang' } });
    const hanging = failing(post(place));
    await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal');
    expect((await hanging).code).toBe('outcome_unknown');
  });

  it('R10 follows no redirect, so that the token goes nowhere else', async () => {
    const place = await meet();
    rig.double.faults.add({ at: 'create', effect: { kind: 'redirect', status: 307 } });
    expect((await failing(post(place))).code).toBe('bug');
    expect(rig.double.strangerRequests).toBe(0);
  });

  it('R14 asks for one token when fifty messages begin at once', async () => {
    await meet();
    const before = rig.double.tokenRequests;
    rig.double.revokeAccessTokens();
    rig.clock.advance(2 * 60 * 60_000);
    const places = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const conversation = `19:none${index}@thread.v2`;
        const reference = await rig.store.references('teams').find(rig.tenant.id, rig.inbounds[0]?.place.channel ?? '');
        if (!reference) throw new Error('there is no reference');
        await rig.store.references('teams').save({ ...reference, kind: 'groupChat', conversation }, instant(1));
        return { tenant: rig.tenant.id, channel: conversation, direct: false };
      }),
    );
    await Promise.allSettled(places.map((place) => rig.teams.post(place, say('Hello'))));
    expect(rig.double.calls('post').length).toBeGreaterThanOrEqual(50);
    expect(rig.double.tokenRequests).toBe(before + 1);
    rig.double.takeComplaints(/no conversation/);
  });

  it('takes a new token when Teams refuses the one it has', async () => {
    const place = await meet();
    const before = rig.double.tokenRequests;
    rig.double.revokeAccessTokens();
    await post(place);
    expect(rig.double.tokenRequests).toBe(before + 1);
    expect(rig.double.takeComplaints(/token/)).toHaveLength(1);
  });

  it('R9 does not contact a stored reference whose host is no longer allowed', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{"id":"1"}');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const place = await meet();
    const references = rig.store.references('teams');
    const reference = await references.find(place.tenant, place.channel);
    if (!reference) throw new Error('there is no reference');
    const channel = '19:old@thread.v2';
    const serviceUrl = `http://127.0.0.1:${port}/emea/`;
    await references.save({ ...reference, kind: 'groupChat', conversation: channel, serviceUrl }, instant(1));
    expect((await failing(rig.teams.post({ ...place, channel }, say('Hello')))).code).toBe('bug');
    expect(asked).toEqual([]);
    other.close();
  });

  it('R24 keeps the thread in the message and drops it from the channel', async () => {
    const place = await meet();
    const ref: MessageRef = await post(place);
    expect(place.channel).not.toContain('messageid');
    expect(ref.channel).toBe(place.channel);
    expect(ref.message).toMatch(/^\d+;messageid=\d+$/);
    await rig.teams.update(ref, say('Changed'));
    expect(rig.double.calls('put')[0]?.conversation).toBe(`${place.channel};messageid=${ref.message.split('=')[1]}`);
  });

  it('R18 sends whole what the serializer of the SDK would thin out', async () => {
    await meet();
    const targeted = rig.double.calls('post')[0];
    expect(targeted?.path).toContain('?isTargetedActivity=true');
    expect(targeted?.body).toMatchObject({ recipient: { id: rig.alex.id }, summary: 'Done.' });
  });

  it('says that the message is gone, so that it can be posted again', async () => {
    const ref = await post(await meet());
    const error = await failing(rig.teams.update({ ...ref, message: '404;messageid=404' }, say('Changed')));
    expect(error.code).toBe('not_found');
    rig.double.takeComplaints(/never was a message/);
  });

  it('R17 answers in the personal chat where targeted messages are refused', async () => {
    rig = await startRig();
    rig.double.faults.add({ at: 'post', effect: { kind: 'status', status: 400, code: 'BadArgument' } });
    await rig.alex.says('create Town hall', { in: 'Rehearsal', targeted: true });
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card)).toContain('Done.');
    const before = rig.double.calls('post').length;
    await rig.alex.says('@Webcast help', { in: 'Rehearsal' });
    await rig.shown(rig.alex, 'personal', 2);
    expect(rig.double.calls('post')).toHaveLength(before + 1);
  });
});
