import { z } from 'zod';
import type { Piece } from './view.js';

/** Whom a message calls, by the platform's own id: one person, a group of people, or everybody in the channel. */
export const mentionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: z.string() }),
  z.object({ kind: z.literal('group'), id: z.string() }),
  /** Those in the channel who are there now, or all of its members. */
  z.object({ kind: z.literal('everyone'), who: z.enum(['here', 'channel']) }),
]);
export type Mention = z.output<typeof mentionSchema>;

/** The mention as a piece of text; nothing but this makes one that a platform acts upon. */
export function callTo(mention: Mention): Piece {
  switch (mention.kind) {
    case 'person':
      return { person: mention.id };
    case 'group':
      return { group: mention.id };
    case 'everyone':
      return { everyone: mention.who };
    default: {
      const never: never = mention;
      return never;
    }
  }
}
