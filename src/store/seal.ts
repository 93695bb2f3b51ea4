import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { BotError } from '../core/errors.js';
import { Secret } from '../core/secret.js';

/** Keeps secrets unreadable in the database. */
export interface Sealer {
  /** Seals a secret for one purpose, such as a row's own name; it opens for no other. */
  seal(secret: Secret, purpose: string): string;
  /** Opens what was sealed for this purpose; raises BotError misconfigured when no key fits or it was altered. */
  open(sealed: string, purpose: string): Secret;
  /** Whether it was sealed with a key that is no longer the first, and so ought to be sealed again. */
  isStale(sealed: string): boolean;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

const scheme = 'v1';
const cipher = 'aes-256-gcm';
/** Bytes of a GCM nonce and tag, as NIST SP 800-38D recommends. */
const nonceLength = 12;
const tagLength = 16;

/**
 * Reads ENCRYPTION_KEY: one or more keys of 32 bytes in base64 with commas between them; the first seals, all open.
 * Raises BotError misconfigured.
 */
export function createSealer(encryptionKey: string): Sealer {
  const keys = encryptionKey.split(',').map(readKey);
  const [first] = keys;
  if (first === undefined) throw unreadableKey();

  return {
    seal(secret, purpose) {
      const nonce = randomBytes(nonceLength);
      const sealing = createCipheriv(cipher, first.bytes, nonce, { authTagLength: tagLength });
      sealing.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([
        nonce,
        sealing.update(secret.reveal(), 'utf8'),
        sealing.final(),
        sealing.getAuthTag(),
      ]);
      return [scheme, first.id, body.toString('base64url')].join('.');
    },

    open(sealed, purpose) {
      const [version, id, text = ''] = sealed.split('.');
      const key = keys.find((candidate) => candidate.id === id);
      if (version !== scheme || key === undefined)
        throw new BotError(
          'misconfigured',
          'A stored secret was sealed with a key that is not in ENCRYPTION_KEY.',
          'Put the earlier key back, after the new one and a comma.',
        );
      const body = Buffer.from(text, 'base64url');
      try {
        const opening = createDecipheriv(cipher, key.bytes, body.subarray(0, nonceLength), {
          authTagLength: tagLength,
        });
        opening.setAAD(Buffer.from(purpose));
        opening.setAuthTag(body.subarray(-tagLength));
        const opened = Buffer.concat([opening.update(body.subarray(nonceLength, -tagLength)), opening.final()]);
        return new Secret(opened.toString('utf8'));
      } catch (error) {
        throw new BotError(
          'misconfigured',
          'A stored secret was altered since it was sealed.',
          'Restore a backup of the database, or connect that workspace anew.',
          error,
        );
      }
    },

    isStale: (sealed) => sealed.split('.')[1] !== first.id,
  };
}

/** Seals under a key derived from a secret that all replicas have; what it sealed is lost when that secret changes. */
export function createDerivedSealer(secret: Secret): Sealer {
  const key = hkdfSync('sha256', secret.reveal(), '', 'sealed at rest, version 1', 32);
  return createSealer(Buffer.from(key).toString('base64'));
}

function readKey(text: string): Key {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, 'base64');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed) || bytes.length !== 32) throw unreadableKey();
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

function unreadableKey(): BotError {
  return new BotError(
    'misconfigured',
    'ENCRYPTION_KEY must be 32 bytes in base64, or several of them with commas between.',
    'Make one with: openssl rand -base64 32',
  );
}
