import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Account } from './account.js';
import type { ControlledClock } from './clock.js';
import { changeFeed, feedOf, resetFeeds } from './entries/feeds.js';
import { BACKUP, listNodes, PRIMARY } from './entries/nodes.js';
import { completeDueRecordings, completeRecording } from './entries/recordings.js';
import { FAULT_KINDS, type Faults } from './faults.js';
import type { Notifications } from './notifications/index.js';
import type { RequestLog } from './requests.js';
import { int, text } from './values.js';

const ClockBody = z.strictObject({
  set: z.number().nonnegative().optional(),
  advance: z.number().optional(),
  stopped: z.boolean().optional(),
});
const FaultBody = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  on: z.string().min(1).default('*'),
  times: z.int().positive().default(1),
  delay: z.int().nonnegative().default(1000),
  status: z.int().min(400).max(599).default(502),
});
const QuestionsBody = z.strictObject({ available: z.boolean() });
const PublishBody = z.strictObject({ delay: z.number().nonnegative() });
const RecordingsBody = z.union([
  z.strictObject({ readyAfter: z.number().nonnegative() }),
  z.strictObject({ entryId: z.string(), seconds: z.number().positive() }),
]);
const EncodersBody = z.union([
  z.strictObject({ reports: z.boolean() }),
  z.strictObject({
    entryId: z.string(),
    path: z.enum(['main', 'backup']).default('main'),
    bitrate: z.number().positive().optional(),
    frameRate: z.number().positive().optional(),
    width: z.int().positive().optional(),
    height: z.int().positive().optional(),
    keyFrameInterval: z.number().positive().optional(),
    videoCodec: z.string().min(1).optional(),
    audioCodec: z.string().min(1).optional(),
    audio: z.boolean().optional(),
    video: z.boolean().optional(),
    alerts: z.array(z.int().nonnegative()).optional(),
    severity: z.int().min(0).max(4).optional(),
  }),
]);
const FeaturesBody = z.strictObject({ features: z.array(z.string().min(1)) });

/** A refused control request. */
class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What the controls work on. */
export interface ControlledParts {
  account: Account;
  clock: ControlledClock;
  faults: Faults;
  requests: RequestLog;
  notifications: Notifications;
  /** Empties the account and fills it as on its first day. */
  reset(): void;
}

type Handler = (body: unknown) => unknown;
type Handlers = Record<string, Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>>;

function createHandlers({ account, clock, faults, requests, notifications, reset }: ControlledParts): Handlers {
  const readClock = () => ({ now: clock.now() / 1000, stopped: clock.isStopped });
  return {
    clock: {
      GET: readClock,
      POST: (body) => {
        const { set, advance, stopped } = ClockBody.parse(body);
        if (stopped === true) clock.stop();
        if (set !== undefined) clock.set(set * 1000);
        if (advance !== undefined) clock.advance(advance * 1000);
        if (stopped === false) clock.run();
        completeDueRecordings(account);
        return readClock();
      },
    },
    faults: {
      GET: () => faults.list(),
      POST: (body) => {
        const { on, ...fault } = FaultBody.parse(body);
        faults.plan({ ...fault, pattern: on });
        return faults.list();
      },
      DELETE: () => {
        faults.clear();
        return faults.list();
      },
    },
    state: {
      GET: () => account.store.dump(),
      DELETE: () => {
        reset();
        return { reset: true };
      },
    },
    publish: {
      GET: () => ({ delay: account.publishDelay }),
      POST: (body) => {
        account.publishDelay = PublishBody.parse(body).delay;
        return { delay: account.publishDelay };
      },
    },
    recordings: {
      GET: () => ({ readyAfter: account.recordingReadyAfter, pending: [...account.store.pendingRecordings] }),
      POST: (body) => {
        const order = RecordingsBody.parse(body);
        if ('readyAfter' in order) account.recordingReadyAfter = order.readyAfter;
        else finishRecordingNow(account, order.entryId, order.seconds);
        return { readyAfter: account.recordingReadyAfter, pending: [...account.store.pendingRecordings] };
      },
    },
    encoders: {
      GET: () => describeEncoders(account),
      POST: (body) => {
        const order = EncodersBody.parse(body);
        if ('reports' in order) account.reportsHealth = order.reports;
        else {
          const { entryId, path, ...change } = order;
          if (!account.store.entries.get(entryId)?.broadcast) throw new ControlError(404, `${entryId} is no webcast`);
          changeFeed(account, entryId, path === 'main' ? PRIMARY : BACKUP, change);
        }
        return describeEncoders(account);
      },
      DELETE: () => {
        resetFeeds(account);
        account.reportsHealth = true;
        return describeEncoders(account);
      },
    },
    features: {
      GET: () => ({ features: [...account.features] }),
      POST: (body) => {
        const { features } = FeaturesBody.parse(body);
        account.features.clear();
        for (const feature of features) account.features.add(feature);
        return { features };
      },
    },
    questions: {
      GET: () => ({ available: account.hasQuestions }),
      POST: (body) => {
        account.hasQuestions = QuestionsBody.parse(body).available;
        return { available: account.hasQuestions };
      },
    },
    notifications: {
      GET: () => notifications.read(),
    },
    requests: {
      GET: () => requests.read(),
      DELETE: () => {
        requests.clear();
        return requests.read();
      },
    },
  };
}

/** Whether encoders are reported on, and what each of those that are connected sends. */
function describeEncoders(account: Account) {
  const encoders = listNodes(account).map((node) => {
    const entryId = text(node, 'entryId') ?? '';
    const serverType = int(node, 'serverType') ?? PRIMARY;
    return { entryId, path: serverType === PRIMARY ? 'main' : 'backup', ...feedOf(account, entryId, serverType) };
  });
  return { reports: account.reportsHealth, encoders };
}

function finishRecordingNow(account: Account, entryId: string, seconds: number): void {
  const entry = account.store.entries.get(entryId);
  if (!entry?.recording) throw new ControlError(404, `${entryId} is not a recording`);
  completeRecording(account, entry, seconds);
}

const isLoopback = (address: string | undefined) => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address ?? '');

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ControlError(400, 'The body is not JSON');
    throw error;
  }
}

/** The addresses under /_control, for tests and the playground; they answer loopback callers only. */
export class Control {
  private readonly handlers: Handlers;

  constructor(parts: ControlledParts) {
    this.handlers = createHandlers(parts);
  }

  private handle(method: string, name: string, body: string): unknown {
    const handlers = this.handlers[name];
    if (!handlers)
      throw new ControlError(404, `There is no /_control/${name}; there is ${Object.keys(this.handlers).join(', ')}`);
    const handler = method === 'GET' || method === 'POST' || method === 'DELETE' ? handlers[method] : undefined;
    if (!handler) throw new ControlError(405, `/_control/${name} answers ${Object.keys(handlers).join(', ')}`);
    const parsed = parseBody(body);
    try {
      return handler(parsed);
    } catch (error) {
      if (error instanceof z.ZodError) throw new ControlError(400, z.prettifyError(error));
      throw error;
    }
  }

  /** Answers one control request. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    readBody: (request: IncomingMessage) => Promise<string>,
  ): Promise<void> {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (!isLoopback(request.socket.remoteAddress)) {
      reply(403, { error: 'The controls answer only on the machine the server runs on' });
      return;
    }
    const name = (request.url ?? '').split('?')[0]?.replace(/^\/_control\/?/, '') ?? '';
    try {
      reply(200, this.handle(request.method ?? 'GET', name, await readBody(request)));
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      reply(error.status, { error: error.message });
    }
  }
}
