import { randomBytes } from 'node:crypto';
import { Store } from './store.js';
import type { Fields } from './values.js';

/** Where time comes from; milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Where chance comes from. */
export interface Random {
  bytes(size: number): Buffer;
}

/** The partner id under which the media server itself signs in. */
export const MEDIA_SERVER_PARTNER = -5;

/** How an account is set up; every part has a default but the secrets. */
export interface AccountOptions {
  partnerId: number;
  adminSecret: string;
  userSecret: string;
  mediaSecret: string;
  clock: Clock;
  random: Random;
  /** Permissions the account has beyond the usual ones of the webcasting module, such as PUSH_PUBLISH. */
  features: string[];
  /** Seconds of the clock between the end of a broadcast and its recording being ready. */
  recordingReadyAfter: number;
  /** Seconds of the clock between viewMode 1 and viewers getting the picture. */
  publishDelay: number;
  /** The host name that broadcasting addresses are built on. */
  broadcastHost: string;
  /** How long a manual stream's playlist may take, in milliseconds. */
  playlistTimeout: number;
}

const SYSTEM_RANDOM: Random = { bytes: (size) => randomBytes(size) };
const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/** One Kaltura account (a "partner") with all it holds. */
export class Account {
  readonly options: AccountOptions;
  readonly store = new Store();
  readonly features: Set<string>;
  recordingReadyAfter: number;
  publishDelay: number;
  /** Whether the account has the plugin through which media servers report on encoders. */
  reportsHealth = true;
  /** Whether it has questions and answers: the metadata profile of everybody that they need. */
  hasQuestions = true;
  /** The id of the access control profile of entries that name none. */
  readonly accessControlId = 11;
  /** The address under which the server is reached, without a slash at the end; known once it listens. */
  url = '';

  constructor(options: Partial<AccountOptions>) {
    const random = options.random ?? SYSTEM_RANDOM;
    const secret = () => random.bytes(16).toString('hex');
    this.options = {
      partnerId: options.partnerId ?? 101,
      adminSecret: options.adminSecret ?? secret(),
      userSecret: options.userSecret ?? secret(),
      mediaSecret: options.mediaSecret ?? secret(),
      clock: options.clock ?? SYSTEM_CLOCK,
      random,
      features: options.features ?? [],
      recordingReadyAfter: options.recordingReadyAfter ?? 8,
      publishDelay: options.publishDelay ?? 0,
      broadcastHost: options.broadcastHost ?? 'kpublish.kaltura.test',
      playlistTimeout: options.playlistTimeout ?? 2000,
    };
    this.features = new Set(this.options.features);
    this.recordingReadyAfter = this.options.recordingReadyAfter;
    this.publishDelay = this.options.publishDelay;
  }

  get partnerId(): number {
    return this.options.partnerId;
  }

  /** The account's own time in unix seconds. */
  now(): number {
    return Math.floor(this.options.clock.now() / 1000);
  }

  /** Makes an id of the form `0_` and eight letters or digits. */
  newId(): string {
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
    return `0_${[...this.options.random.bytes(8)].map((byte) => letters[byte % letters.length]).join('')}`;
  }

  /** When the account was opened, unix seconds. */
  get openedAt(): number {
    return this.store.defaults.openedAt ?? 0;
  }

  /** The live conversion profile of entries that name none; undefined when the account has none. */
  defaultLiveProfileId(): number | undefined {
    return this.store.defaults.liveProfileId;
  }

  /** Makes a live conversion profile the default. */
  setDefaultLiveProfile(id: number): void {
    this.store.defaults.liveProfileId = id;
  }

  /** Makes the user record that first use of a user id leaves behind. */
  ensureUser(id: string, now: number): Fields {
    const users = this.store.table('users');
    const known = users.get(id);
    if (known) return known;
    const user: Fields = {
      id,
      partnerId: this.partnerId,
      screenName: id,
      fullName: id,
      country: '',
      description: '',
      status: 1,
      createdAt: now,
      updatedAt: now,
      storageSize: 0,
      statusUpdatedAt: now,
      userMode: 0,
      capabilities: [],
      type: 0,
      isAdmin: false,
      isGuest: false,
      roleIds: '',
      roleNames: '',
      isAccountOwner: false,
      firstName: id,
      lastName: '',
      loginEnabled: false,
      isSsoExcluded: false,
      objectType: 'KalturaUser',
    };
    users.set(id, user);
    return user;
  }

  /** The secret that sessions of a partner are signed with. */
  secretOf(partnerId: number): string | undefined {
    if (partnerId === this.partnerId) return this.options.adminSecret;
    return partnerId === MEDIA_SERVER_PARTNER ? this.options.mediaSecret : undefined;
  }
}
