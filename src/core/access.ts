/** Why a viewer cannot open a webcast. */
export type Obstacle =
  /** A session is asked for, as a page that signs people in gives it. */
  | 'session'
  /** It lies outside of the dates between which the entry may be played. */
  | 'schedule'
  /** The entry is in categories that this viewer does not belong to. */
  | 'entitlement'
  /** A rule on countries, addresses, sites or devices, which was asked about from here and may be met elsewhere. */
  | 'place'
  /** A rule that blocks without saying why. */
  | 'rule';

/** What one kind of viewer gets. */
export type Opens =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed'; readonly obstacles: readonly Obstacle[] }
  /** Kaltura gave no answer, or one that says nothing about viewers: its code. */
  | { readonly kind: 'unknown'; readonly code: string };

/** Whether viewers could open a webcast, apart from whether anything is shown in it. */
export interface Access {
  /** Entries that wait for a moderator, or were rejected, are played to nobody. */
  readonly moderation: 'passed' | 'waiting' | 'rejected' | 'unknown';
  readonly anonymous: Opens;
  /** A viewer whose page has minted a session for this webcast; undefined when the bot cannot mint one to try. */
  readonly signedIn: Opens | undefined;
}

/** Who could open it, taken together. */
export type Openness = 'everybody' | 'signed in' | 'some places' | 'nobody' | 'unknown';

/** Takes what the kinds of viewers get together; places that were not asked from are given the benefit of the doubt. */
export function whoOpens({ moderation, anonymous, signedIn }: Access): Openness {
  if (moderation === 'waiting' || moderation === 'rejected') return 'nobody';
  if (anonymous.kind === 'open') return 'everybody';
  if (signedIn?.kind === 'open') return 'signed in';
  const asked = signedIn === undefined ? [anonymous] : [anonymous, signedIn];
  if (asked.some((one) => one.kind === 'closed' && one.obstacles.every((obstacle) => obstacle === 'place')))
    return 'some places';
  // Without a session to try, what asks for one may well let others in.
  if (signedIn === undefined || asked.some(({ kind }) => kind === 'unknown')) return 'unknown';
  return 'nobody';
}
