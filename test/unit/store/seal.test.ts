import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../../src/core/secret.js';
import { createSealer } from '../../../src/store/seal.js';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const token = new Secret('xoxb-1-secret');

describe('a sealer', () => {
  it('opens what it sealed, whatever it was', () => {
    const sealer = createSealer(key(1));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string(), (text, purpose) => {
        expect(sealer.open(sealer.seal(new Secret(text), purpose), purpose).reveal()).toBe(text);
      }),
    );
  });

  it('shows neither the secret nor that two of them are the same', () => {
    const sealer = createSealer(key(1));
    const [one, other] = [sealer.seal(token, 'a'), sealer.seal(token, 'a')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('xoxb');
  });

  it('opens for the same purpose only', () => {
    const sealer = createSealer(key(1));
    expect(() => sealer.open(sealer.seal(token, 'slack:T1'), 'slack:T2')).toThrow('was altered');
  });

  it('refuses what was altered anywhere, or cut', () => {
    const sealer = createSealer(key(1));
    const [version, id, text = ''] = sealer.seal(token, 'a').split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => sealer.open(`${version}.${id}.${altered.toString('base64url')}`, 'a')).toThrow('was altered');
      expect(() => sealer.open(`${version}.${id}.${bytes.subarray(0, at).toString('base64url')}`, 'a')).toThrow(
        'was altered',
      );
    }
  });

  it('seals with the first key and opens with any', () => {
    const old = createSealer(key(1)).seal(token, 'a');
    const rotated = createSealer(`${key(2)}, ${key(1)}`);
    expect(rotated.open(old, 'a').reveal()).toBe(token.reveal());
    expect(rotated.isStale(old)).toBe(true);
    const renewed = rotated.seal(token, 'a');
    expect(rotated.isStale(renewed)).toBe(false);
    expect(createSealer(key(2)).open(renewed, 'a').reveal()).toBe(token.reveal());
  });

  it.each([['something else'], ['v2.00000000.AAAA'], ['']])('asks for the key of %j, which it has not', (sealed) => {
    expect(() => createSealer(key(1)).open(sealed, 'a')).toThrow('not in ENCRYPTION_KEY');
  });

  it.each([
    ['nothing', ''],
    ['too short a key', Buffer.alloc(16).toString('base64')],
    ['too long a key', Buffer.alloc(33).toString('base64')],
    ['another alphabet', 'ä'.repeat(43)],
    ['a key and an empty one', `${key(1)},`],
  ])('refuses %s', (_what, keys) => {
    expect(() => createSealer(keys)).toThrow('ENCRYPTION_KEY must be 32 bytes in base64');
  });
});
