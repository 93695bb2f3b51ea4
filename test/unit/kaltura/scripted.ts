import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Clock, Log } from '../../../src/core/ports.js';
import { Secret } from '../../../src/core/secret.js';
import { type Instant, instant } from '../../../src/core/webcast.js';
import { createKaltura, type KalturaGateway, type KalturaParts } from '../../../src/kaltura/index.js';

/** One request as it came over the wire. */
export interface Asked {
  /** service.action, or multirequest. */
  readonly call: string;
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: Record<string, unknown>;
  /** The requests of a multirequest, else the body alone. */
  readonly requests: readonly Record<string, unknown>[];
}

/** What the server does: a JSON answer, any bytes, or one of the ways to give none. */
export type Answer =
  | { readonly json: unknown }
  | { readonly text: string; readonly status?: number }
  | { readonly fault: 'hang' | 'reset' | 'cut' };

export interface Scripted {
  readonly url: string;
  /** Everything asked but sessions. */
  readonly asked: Asked[];
  readonly sessions: Asked[];
  /** How many connections were opened. */
  connections: number;
  answer: (asked: Asked) => Answer;
  /** The account's metadata profiles for event data; none unless told. */
  eventProfiles: readonly object[];
  /** Answers what starts a session; undefined mints one. */
  sessionAnswer: ((asked: Asked) => Answer | undefined) | undefined;
  close(): Promise<void>;
}

/** An error as Kaltura sends it. */
export const exception = (code: string, args: Record<string, string> | [] = [], message = `${code} happened`) => ({
  code,
  message,
  objectType: 'KalturaAPIException',
  args,
});

/** A session in the shape of a real one. */
export const sessionNumber = (count: number): string => `djJ8MTExfA${'Ab3-_'.repeat(6)}${count}==`;

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const url = request.url ?? '';
  const body = await readBody(request);
  const [, service = '', action] = /service\/(\w+)(?:\/action\/(\w+))?/.exec(url) ?? [];
  const several = Object.keys(body)
    .filter((key) => /^\d+$/.test(key))
    .map((key) => z.record(z.string(), z.unknown()).parse(body[key]));
  return {
    call: action === undefined ? service : `${service}.${action}`,
    url,
    contentType: request.headers['content-type'],
    body,
    requests: several.length === 0 ? [body] : several,
  };
}

/**
 * Answers for the account's profiles of event data, which are asked for on the way to something else: the rest of the
 * request and its answer are the test's own.
 */
function withoutEventProfiles(
  asked: Asked,
  eventProfiles: readonly object[],
): { readonly asked: Asked; readonly answer: (rest: Answer) => Answer } {
  const isOurs = ({ service, filter }: Record<string, unknown>) =>
    service === 'metadata_metadataprofile' && JSON.stringify(filter).includes('KMS_EVENTS3');
  const at = asked.requests.findIndex(isOurs);
  const others = asked.requests.filter((request) => !isOurs(request));
  const [only, ...more] = others;
  if (at < 0 || only === undefined) return { asked, answer: (rest) => rest };
  const profiles = {
    totalCount: eventProfiles.length,
    objects: eventProfiles,
    objectType: 'KalturaMetadataProfileListResponse',
  };
  const single = more.length === 0 ? { call: `${only.service}.${only.action}`, body: only } : {};
  return {
    asked: { ...asked, ...single, requests: others },
    answer(rest) {
      if (!('json' in rest) || typeof rest.json === 'string') return rest;
      const answers = more.length === 0 ? [rest.json] : rest.json;
      return Array.isArray(answers) ? { json: answers.toSpliced(at, 0, profiles) } : rest;
    },
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if ('json' in answer) {
    response.writeHead(200, { 'content-type': 'application/json', 'x-kaltura-session': '42' });
    response.end(JSON.stringify(answer.json));
  } else if ('text' in answer) {
    response.writeHead(answer.status ?? 200, { 'content-type': 'text/html' });
    response.end(answer.text);
  } else if (answer.fault === 'reset') {
    response.socket?.destroy();
  } else if (answer.fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"id":"1_');
    setImmediate(() => response.socket?.destroy());
  }
}

/** Starts a server on loopback that says what the test scripted. */
export async function startScripted(answer: (asked: Asked) => Answer): Promise<Scripted> {
  const server = createServer((request, response) => {
    // Another program's test may look for its own server at a port that is this one's now.
    if (request.method !== 'POST') return void response.writeHead(405).end();
    void readAsked(request).then((asked) => {
      if (!/^(session|apptoken)\./.test(asked.call)) {
        const without = withoutEventProfiles(asked, scripted.eventProfiles);
        scripted.asked.push(without.asked);
        send(response, without.answer(scripted.answer(without.asked)));
        return;
      }
      scripted.sessions.push(asked);
      send(response, scripted.sessionAnswer?.(asked) ?? { json: sessionNumber(scripted.sessions.length) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.custom<AddressInfo>((value) => typeof value === 'object').parse(server.address());
  const scripted: Scripted = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    sessions: [],
    connections: 0,
    answer,
    eventProfiles: [],
    sessionAnswer: undefined,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
  server.on('connection', () => {
    scripted.connections += 1;
  });
  return scripted;
}

export interface TestClock extends Clock {
  /** How long the code waited, in order. */
  readonly waits: number[];
  /** Moves time on and lets those go on whose wait is over. */
  advance(milliseconds: number): void;
}

/** A clock that stands still; with hurry, whoever waits goes on at once and time has passed. */
export function createTestClock(hurry: boolean, start: Instant = instant(1_800_000_000_000)): TestClock {
  let now: number = start;
  const waiting: { readonly until: number; readonly go: () => void }[] = [];
  const waits: number[] = [];
  return {
    waits,
    now: () => instant(now),
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        waits.push(milliseconds);
        if (hurry) now += milliseconds;
        if (hurry) return resolve();
        if (signal?.aborted) return reject(signal.reason);
        waiting.push({ until: now + milliseconds, go: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    advance(milliseconds) {
      now += milliseconds;
      for (const { until, go } of waiting) if (until <= now) go();
    },
  };
}

/** A log that keeps its lines as text, so that a test can search them for what must not be there. */
export function createTestLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const describe = (value: unknown): unknown =>
    value instanceof Error ? { ...value, message: value.message, cause: describe(value.cause) } : value;
  const write = (level: string) => (facts: object, message: string) => {
    const plain = Object.entries(facts).map(([name, value]) => [name, describe(value)]);
    lines.push(`${level} ${message} ${JSON.stringify(Object.fromEntries(plain))}`);
  };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

export const adminSecret = 'a-very-secret-admin-secret';

/** A gateway to the scripted server, with a clock that hurries, an admin secret and a log that is kept. */
export function connect(
  server: Scripted,
  parts: Partial<KalturaParts> = {},
): { kaltura: KalturaGateway; log: ReturnType<typeof createTestLog>; clock: TestClock } {
  const clock = createTestClock(true);
  const log = createTestLog();
  const kaltura = createKaltura({
    serviceUrl: server.url,
    partnerId: 111,
    credentials: { kind: 'admin secret', secret: new Secret(adminSecret) },
    clock,
    log,
    ...parts,
  });
  return { kaltura, log, clock };
}

/** A live stream entry as Kaltura lists it. */
export const liveEntry = (facts: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: '1_town0001',
  name: 'Town Hall',
  description: 'All hands',
  tags: 'townhall, quarterly',
  adminTags: 'kms-webcast-event,vpaas-webcast',
  status: 2,
  createdAt: 1_790_000_000,
  sourceType: '32',
  recordStatus: 2,
  dvrStatus: 1,
  dvrWindow: 60,
  explicitLive: true,
  viewMode: 0,
  recordingStatus: 0,
  liveStatus: 0,
  conversionProfileId: 51,
  recordingOptions: {
    shouldCopyEntitlement: true,
    shouldMakeHidden: true,
    shouldAutoArchive: false,
    objectType: 'KalturaLiveEntryRecordingOptions',
  },
  objectType: 'KalturaLiveStreamEntry',
  ...facts,
});

/** A list answer of live stream entries. */
export const listOf = (...objects: Record<string, unknown>[]) => ({
  totalCount: objects.length,
  objects,
  objectType: 'KalturaLiveStreamListResponse',
});
