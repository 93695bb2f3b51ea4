import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Random } from '../../../src/playground/kaltura/account.js';
import {
  createKalturaServer,
  type KalturaServer,
  MEDIA_SERVER_PARTNER,
} from '../../../src/playground/kaltura/index.js';
import { mintKs } from '../../../src/playground/kaltura/ks.js';
import { isFields, type Value } from '../../../src/playground/kaltura/values.js';
import { type Comparison, compare, type Difference } from './compare.js';
import { COMPLETED, GAPS, UNSEEN_IDS } from './gaps.js';
import type { Recording } from './recordings.js';

const PARTNER = 111;
/** The synthetic secrets of the recorded account; its sessions are accepted as they are. */
const ADMIN_SECRET = '66a6378fca0ceed2ae602c31c0f71c78';
const USER_SECRET = '7d56c4036379cc96151b07dc1ff943ac';
const MEDIA_SECRET = 'media';
const RECORDED_URL = '127.0.0.1:9080';
const RECORDED_PLAYLISTS = `http://${RECORDED_URL}/teststream`;
const FOREVER = 10 ** 9;
/** Names the session of the media server for calls that were not recorded. */
const OWN_MEDIA_SESSION = 'media-server-session-of-the-gaps';

/** Chance that deals the ids, passwords and tokens which the recorded server had dealt. */
class DealtRandom implements Random {
  private readonly ids: string[] = [];
  private readonly texts = new Map<number, string[]>();
  private readonly dealt = new Set<string>();

  /** Lines up what a recorded answer holds and no earlier one did. */
  lineUp(answer: Value | undefined, key = ''): void {
    if (Array.isArray(answer)) for (const item of answer) this.lineUp(item);
    else if (isFields(answer)) for (const [name, item] of Object.entries(answer)) this.lineUp(item, name);
    else if (typeof answer === 'string') this.lineUpText(answer, key);
  }

  private lineUpText(value: string, key: string): void {
    if (this.dealt.has(value)) return;
    if ((key === 'id' || key === 'recordedEntryId') && /^0_[a-z0-9]{8}$/.test(value)) this.ids.push(value);
    else if (key === 'streamPassword' && /^[0-9a-f]{8}$/.test(value))
      this.texts.set(4, [...(this.texts.get(4) ?? []), value]);
    else if (key === 'token') this.texts.set(16, [...(this.texts.get(16) ?? []), value]);
    else return;
    this.dealt.add(value);
  }

  /** Forgets what was lined up and not asked for. */
  clear(): void {
    this.ids.length = 0;
    this.texts.clear();
  }

  bytes(size: number): Buffer {
    if (size === 8) return this.dealId();
    const text = this.texts.get(size)?.shift();
    return text === undefined ? randomBytes(size) : Buffer.from(text, 'hex');
  }

  private dealId(): Buffer {
    const id = this.ids.shift();
    if (id === undefined) return randomBytes(8);
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
    return Buffer.from([...id.slice(2)].map((letter) => letters.indexOf(letter)));
  }
}

/** How one recording came out. */
export interface Outcome {
  recording: Recording;
  differences: Difference[];
}

/** Replays recordings in their order against a behaving Kaltura that starts as the recorded one did. */
export class Replay {
  private readonly random = new DealtRandom();
  private readonly server: KalturaServer;
  private readonly playlists: Server;
  private readonly mapped = new Map<string, string>();
  private readonly comparison: Comparison;
  private url = '';
  private playlistUrl = '';
  private time: number;
  private readonly defects: unknown[] = [];

  constructor(startsAt: number) {
    this.time = startsAt;
    this.server = createKalturaServer({
      partnerId: PARTNER,
      adminSecret: ADMIN_SECRET,
      userSecret: USER_SECRET,
      mediaSecret: MEDIA_SECRET,
      content: 'new',
      recordingReadyAfter: FOREVER,
      random: this.random,
      clock: { now: () => this.time * 1000 },
      onDefect: (error) => this.defects.push(error),
    });
    this.playlists = createServer((request, response) => {
      const isUp = request.url === '/live.m3u8';
      response.writeHead(isUp ? 200 : 404);
      response.end(isUp ? '#EXTM3U\n#EXTINF:6,\nsegment.ts\n' : '');
    });
    this.comparison = { startsAt, secretOf: (partnerId) => (partnerId === PARTNER ? ADMIN_SECRET : undefined) };
  }

  async start(): Promise<void> {
    ({ url: this.url } = await this.server.start());
    await new Promise<void>((resolve) => this.playlists.listen(0, '127.0.0.1', resolve));
    const address = this.playlists.address();
    this.playlistUrl = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await new Promise((resolve) => this.playlists.close(resolve));
  }

  /** Errors of the server's own making; there must be none. */
  get ownErrors(): unknown[] {
    return this.defects;
  }

  private translate(text: string): string {
    let translated = text
      .replaceAll(RECORDED_PLAYLISTS, this.playlistUrl)
      .replaceAll(RECORDED_URL, this.url.replace('http://', ''));
    for (const [recorded, own] of this.mapped) translated = translated.replaceAll(recorded, own);
    return translated;
  }

  private translateValue(value: Value): Value {
    const parsed: unknown = JSON.parse(this.translate(JSON.stringify(value)));
    return Array.isArray(parsed) || isFields(parsed)
      ? parsed
      : value === null || typeof parsed !== typeof value
        ? null
        : this.scalar(parsed);
  }

  private scalar(value: unknown): Value {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }

  /** The media server's sessions are the only ones whose secret is not known: they are minted anew. */
  private mediaSession(recorded: string): string {
    const known = this.mapped.get(recorded);
    if (known !== undefined) return known;
    const content = { partnerId: MEDIA_SERVER_PARTNER, userId: '', type: 2, expiry: this.time + FOREVER };
    const own = mintKs({ ...content, privileges: [] }, MEDIA_SECRET, randomBytes);
    this.mapped.set(recorded, own);
    return own;
  }

  private async send(
    recording: Pick<Recording, 'method' | 'path' | 'contentType' | 'body'>,
  ): Promise<{ status: number; type: string; text: string }> {
    for (const [ks] of recording.body?.matchAll(/(?:MWY1ZGVi|OTU4OWQ3)[A-Za-z0-9_=-]{60,}/g) ?? [])
      this.mediaSession(ks);
    const init: RequestInit = { method: recording.method };
    if (recording.body !== undefined) init.body = Buffer.from(this.translate(recording.body));
    if (recording.contentType !== undefined) init.headers = { 'Content-Type': recording.contentType };
    const response = await fetch(this.url + this.translate(recording.path), init);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  }

  private async fillGap(number: number): Promise<void> {
    for (const { at, entryId, seconds } of COMPLETED.filter(({ before }) => before === number)) {
      this.time = at;
      await fetch(`${this.url}/_control/recordings`, { method: 'POST', body: JSON.stringify({ entryId, seconds }) });
    }
    for (const gap of GAPS.filter(({ before }) => before === number)) {
      this.random.clear();
      this.random.lineUp(gap.deals ?? null);
      if (gap.at !== undefined) this.time = gap.at;
      const ks = gap.asMediaServer
        ? this.mediaSession(OWN_MEDIA_SESSION)
        : mintKs(
            { partnerId: PARTNER, userId: 'organizer@example.test', type: 2, expiry: this.time + 60, privileges: [] },
            ADMIN_SECRET,
            randomBytes,
          );
      const { text } = await this.send({
        method: 'POST',
        path: `/api_v3/service/${gap.call.replace('.', '/action/')}`,
        contentType: 'application/json',
        body: JSON.stringify({ format: 1, ks, ...gap.params }),
      });
      if (text.includes('KalturaAPIException')) throw new Error(`The gap before ${number} cannot be filled: ${text}`);
    }
  }

  /** Replays one recording; its differences are empty when the answer is the recorded one. */
  async play(recording: Recording): Promise<Outcome> {
    await this.fillGap(recording.number);
    if (recording.at !== undefined) this.time = recording.at;
    this.random.clear();
    if ('json' in recording.answer) this.random.lineUp(recording.answer.json);
    for (const id of UNSEEN_IDS[recording.number] ?? []) this.random.lineUp(id, 'id');
    const answer = await this.send(recording);
    const differences: Difference[] = [];
    if (answer.status !== recording.status)
      differences.push({ path: '(status)', expected: recording.status, actual: answer.status });
    if (answer.type.toLowerCase() !== recording.type.toLowerCase()) {
      differences.push({ path: '(content type)', expected: recording.type, actual: answer.type });
    }
    differences.push(...this.compareBody(recording, answer.text));
    return { recording, differences };
  }

  private compareBody(recording: Recording, text: string): Difference[] {
    if ('text' in recording.answer) {
      const time = /<executionTime>[^<]*<\/executionTime>/;
      const expected = this.translate(recording.answer.text).replace(time, '');
      return compare(expected, text.replace(time, ''), this.comparison, '(text)');
    }
    let actual: unknown;
    try {
      actual = JSON.parse(text);
    } catch {
      return [{ path: '(json)', expected: recording.answer.json, actual: text.slice(0, 200) }];
    }
    const { json } = recording.answer;
    if (typeof json === 'string' && json.startsWith('SINGLE_ANONYMOUS') && typeof actual === 'string') {
      const own = actual;
      const differences = compare(json, own, this.comparison);
      this.mapped.set(json, own);
      return differences;
    }
    return compare(this.translateValue(json), this.asValue(actual), this.comparison);
  }

  private asValue(value: unknown): Value {
    return Array.isArray(value) || isFields(value) ? value : this.scalar(value);
  }
}
