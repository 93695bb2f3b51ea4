import { clip } from '../../core/clip.js';
import type { Clock, FileOffers, NewId } from '../../core/ports.js';
import { type FileNode, sayFileSize } from '../../core/view.js';
import type { OutgoingActivity } from './connector.js';

/** Keeps a file for a person and gives the message that asks whether they want it. */
export type KeepOffer = (tenant: string, person: string, file: FileNode) => Promise<OutgoingActivity>;

/** The bytes of a file as they are uploaded; an upload of none is not taken. */
export const bytesOf = (text: string): Buffer => Buffer.from(text === '' ? '\n' : text);

const consentCard = 'application/vnd.microsoft.teams.card.file.consent';

/**
 * Teams asks the person before a file goes into their OneDrive, and tells only then where its bytes go. Any replica
 * may hear the answer, a day later even, so the file is kept in the store and the card carries its id alone.
 */
export function createKeepOffer(parts: {
  readonly offers: FileOffers;
  readonly clock: Clock;
  readonly newId: NewId;
}): KeepOffer {
  return async (tenant, person, file) => {
    const id = parts.newId();
    const { name, text } = file;
    await parts.offers.save({ id, tenant, person, name, text }, parts.clock.now());
    const context = { v: 1, file: id };
    return {
      type: 'message',
      summary: `${clip(name, 200)} can be saved in your OneDrive`,
      attachments: [
        {
          contentType: consentCard,
          name: fileName(name),
          content: {
            description: `${sayFileSize(file)}, kept for you for a day`,
            sizeInBytes: bytesOf(text).length,
            acceptContext: context,
            declineContext: context,
          },
        },
      ],
    };
  };
}

/** A name that OneDrive takes: none of its forbidden signs, no dot or space at its ends. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: OneDrive refuses them
  const harmless = name.replace(/["*:<>?/\\|\u0000-\u001f]/g, '-').replace(/^[\s.~]+|[\s.]+$/g, '');
  return harmless === '' ? 'file.txt' : harmless.slice(-200);
}
