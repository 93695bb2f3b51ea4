import type { OpenStore } from '../../src/store/index.js';

/** A message that a bot has asked a platform to post. */
export interface Post {
  /** Which of the bots it was, counted from 0 in the order of their starts. */
  readonly bot: number;
  readonly channel: string;
}

/** The channels of one workspace or tenant, which keep what they are told. */
export interface Audience {
  /** The platform as the bot names it. */
  readonly platform: string;
  readonly tenant: string;
  readonly channels: readonly string[];
  /** All posts so far, in the order in which the platform got them. */
  posts(): readonly Post[];
  /** What stands in a channel, in the words of a notification. */
  messages(channel: string): readonly string[];
  /** Has the store know what it has to know before the bot can post there. */
  prepare(store: OpenStore): Promise<void>;
  /** The variables by which one more bot finds the platform. */
  connect(bot: number): Promise<Readonly<Record<string, string>>>;
  /** Resolves when `look` finds something, looked at after every change; rejects after so many milliseconds. */
  until(what: string, look: () => boolean, milliseconds: number): Promise<unknown>;
  /** What the platform would have refused. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/** Opens a platform with so many channels. */
export type OpenAudience = (channels: number) => Promise<Audience>;
