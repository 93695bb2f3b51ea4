import type { Instant } from '../core/webcast.js';

/** What happened to a webcast between two looks. */
export type Event =
  | { readonly kind: 'went live'; readonly number: number }
  /** The picture is gone, seen twice. */
  | { readonly kind: 'lost'; readonly since: Instant }
  /** Viewers get the picture again, after so many milliseconds without. */
  | { readonly kind: 'returned'; readonly dark: number }
  /** The picture is back after a drop, but Kaltura has put it to preview: somebody has to go live again. */
  | { readonly kind: 'returned to preview' }
  /** Milliseconds on air. */
  | { readonly kind: 'ended'; readonly onAir: number }
  /** Seconds of all parts; short are those that they lack of the time on air. */
  | { readonly kind: 'recording ready'; readonly parts: number; readonly seconds: number; readonly short: number }
  | { readonly kind: 'recording late'; readonly since: Instant }
  | { readonly kind: 'open outside its time' }
  | { readonly kind: 'backup only' }
  | { readonly kind: 'no encoder'; readonly start: Instant };
