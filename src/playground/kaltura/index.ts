import type { AddressInfo } from 'node:net';
import { Account, type AccountOptions, type Clock } from './account.js';
import { ControlledClock } from './clock.js';
import { Control } from './control.js';
import { Faults } from './faults.js';
import { createHttpServer } from './http.js';
import { Notifications } from './notifications/index.js';
import { RequestLog } from './requests.js';
import { seedAccount } from './seed/index.js';

export { MEDIA_SERVER_PARTNER } from './account.js';

/** How a behaving Kaltura is set up; everything has a default. */
export interface KalturaServerOptions extends Partial<AccountOptions> {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** What a fresh account holds: that of the webcasting module (the default), or only what every new account has. */
  content?: 'webcasting' | 'new';
  /** A JSON file that keeps the account between two runs. */
  stateFile?: string;
  /** Milliseconds before each further try to deliver a notification that nobody took; three tries in half a minute unless told. */
  notificationPauses?: number[];
  /** Told of errors that are this server's own; they answer INTERNAL_SERVERL_ERROR. */
  onDefect?: (error: unknown) => void;
}

/** A behaving Kaltura: one account behind an api_v3 server. */
export interface KalturaServer {
  /** Listens; gives the address without a slash at the end. */
  start(): Promise<{ url: string; port: number }>;
  /** Stops listening, ends all connections and writes the state file. */
  stop(): Promise<void>;
  readonly account: { partnerId: number; adminSecret: string; userSecret: string; mediaSecret: string };
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly clock: ControlledClock;
}

const SYSTEM_CLOCK: Clock = { now: () => Date.now() };
const SAVE_AFTER_MS = 200;
const NOTIFICATION_PAUSES_MS = [5000, 25_000];

/** Makes a behaving Kaltura; it listens once started. */
export function createKalturaServer(options: KalturaServerOptions = {}): KalturaServer {
  const clock = new ControlledClock(options.clock ?? SYSTEM_CLOCK);
  const account = new Account({ ...options, clock });
  const faults = new Faults(options.onDefect ?? (() => undefined));
  const requests = new RequestLog();
  const reset = () => {
    account.store.clear();
    seedAccount(account, options.content ?? 'webcasting');
  };
  const { stateFile } = options;
  if (stateFile === undefined || !account.store.load(stateFile)) reset();
  const owner = account.store.defaults.partnerId;
  if (owner !== account.partnerId) throw new Error(`${stateFile} holds partner ${owner}, not ${account.partnerId}`);

  let saving: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(saving);
    saving = undefined;
    if (stateFile !== undefined) account.store.save(stateFile);
  };
  const notifications = new Notifications(account, options.notificationPauses ?? NOTIFICATION_PAUSES_MS);
  const onChange = () => {
    notifications.notice();
    if (stateFile !== undefined) saving ??= setTimeout(save, SAVE_AFTER_MS);
  };
  const control = new Control({ account, clock, faults, requests, notifications, reset });
  const server = createHttpServer({ account, faults, requests, control, onChange });
  const { partnerId, adminSecret, userSecret, mediaSecret } = account.options;
  const host = options.host ?? '127.0.0.1';

  return {
    account: { partnerId, adminSecret, userSecret, mediaSecret },
    requests,
    faults,
    clock,
    start: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port ?? 0, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      const { port } = readAddress(server.address());
      account.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
      return { url: account.url, port };
    },
    stop: async () => {
      await notifications.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      save();
    },
  };
}

function readAddress(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  return address;
}
