import type { BotError } from './errors.js';
import type { EntryId, Recording } from './webcast.js';

/** A category of the account. */
export interface Category {
  readonly id: number;
  /** With its parents, such as "Company>Town Halls". */
  readonly fullName: string;
}

/** The captions of a recording in one language, by the name that Kaltura gives it. */
export interface Caption {
  readonly language: string;
  readonly state: 'being made' | 'ready' | 'failed';
}

/** A chapter of a recording. */
export interface Chapter {
  readonly title: string;
  /** Milliseconds from the beginning of the recording. */
  readonly at: number;
}

/** A chapter to be added; the key makes it one, however often it is added. */
export interface NewChapter extends Chapter {
  readonly key: string;
}

/** A recording with all that is shown of it. */
export interface Title extends Recording {
  readonly description: string;
  /** False when it is left out of searches and galleries. */
  readonly visible: boolean;
  readonly categories: readonly Category[];
  /** Undefined when Kaltura does not say. */
  readonly captions: readonly Caption[] | undefined;
  readonly chapters: readonly Chapter[];
  readonly thumbnail: string | undefined;
  /** Whether a trimmed picture is to take the place of this one. */
  readonly replacement: 'none' | 'being made' | 'waits for approval' | 'failed';
}

/** What is to change about a recording; what is left out stays. */
export interface TitleChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly visible?: boolean | undefined;
  readonly addTo?: Category | undefined;
  readonly takeFrom?: readonly Category[] | undefined;
  /** The picture at this second becomes the thumbnail. */
  readonly thumbnailAt?: number | undefined;
}

/** A part of a change that Kaltura did not make. */
export interface Unmade {
  readonly what: keyof TitleChange;
  readonly why: BotError;
}

/** What can be done with recordings; each says how many round trips it takes. All raise BotError. */
export interface Library {
  /** The recordings of a webcast with all that is shown of them, oldest first; one round trip. */
  titles(webcast: EntryId): Promise<readonly Title[]>;
  /** The categories with this id or full name, or else those that mention the words, at most ten; one round trip. */
  categories(words: string): Promise<readonly Category[]>;
  /** Changes a recording and gives what could not be changed; one round trip. */
  change(recording: EntryId, change: TitleChange): Promise<readonly Unmade[]>;
  /**
   * Begins to put a stretch of a recording, in milliseconds, in the place of the whole; one round trip. Gives whether
   * somebody has to say yes to it when it is made.
   */
  trim(recording: EntryId, from: number, length: number): Promise<boolean>;
  /** Says yes or no to a trimmed picture that waits for it; one round trip. */
  decideTrim(recording: EntryId, accept: boolean): Promise<void>;
  /** Adds chapters to a recording, each once; one round trip. For what nobody asked for. */
  addChapters(recording: EntryId, chapters: readonly NewChapter[]): Promise<void>;
  /** Takes a chapter away by its key; nothing happens when there is none. One round trip. */
  removeChapter(recording: EntryId, key: string): Promise<void>;
}
