import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/** What a session string carries. Times are unix seconds. */
export interface KsContent {
  partnerId: number;
  userId: string;
  type: number;
  expiry: number;
  /** Privileges in their order; a privilege without a value has an empty one. */
  privileges: [name: string, value: string][];
  /** Version 1 sessions carry their privileges as one text. */
  version: 1 | 2;
}

const HASH_BYTES = 20;
const RANDOM_BYTES = 16;

const sha1 = (data: Buffer | string) => createHash('sha1').update(data).digest();
const keyOf = (secret: string) => sha1(secret).subarray(0, 16);
const toUrlSafe = (data: Buffer) => data.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
const fromUrlSafe = (ks: string) => Buffer.from(ks.replace(/-/g, '+').replace(/_/g, '/'), 'base64');
// PHP's urlencode, which the server uses for the fields, leaves only these bare and writes a space as "+".
const encode = (value: string) =>
  encodeURIComponent(value)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
const decode = (value: string) => decodeURIComponent(value.replace(/\+/g, ' '));

/** Reads `name:value/value,name` as session.start and app tokens take privileges. */
export function parsePrivileges(list: string): [string, string][] {
  return list
    .split(',')
    .map((privilege) => privilege.trim())
    .filter((privilege) => privilege !== '')
    .map((privilege) => {
      const colon = privilege.indexOf(':');
      return colon < 0 ? [privilege, ''] : [privilege.slice(0, colon), privilege.slice(colon + 1)];
    });
}

/** Writes privileges back as the comma list that session.get answers. */
export function formatPrivileges(privileges: [string, string][]): string {
  return privileges.map(([name, value]) => (value === '' ? name : `${name}:${value}`)).join(',');
}

/** Makes a version 2 session: AES-128-CBC over 20 bytes SHA-1, 16 random bytes and url-encoded fields. */
export function mintKs(
  content: Omit<KsContent, 'version'>,
  secret: string,
  randomBytes: (size: number) => Buffer,
): string {
  const fields = [
    ...content.privileges.map(([name, value]) => (name === '*' ? 'all=*' : `${encode(name)}=${encode(value)}`)),
    `_e=${content.expiry}`,
    `_t=${content.type}`,
    `_u=${encode(content.userId)}`,
  ].join('&');
  const body = Buffer.concat([randomBytes(RANDOM_BYTES), Buffer.from(fields)]);
  const plain = Buffer.concat([sha1(body), body]);
  const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)]);
  const cipher = createCipheriv('aes-128-cbc', keyOf(secret), Buffer.alloc(16));
  cipher.setAutoPadding(false);
  const sealed = Buffer.concat([cipher.update(padded), cipher.final()]);
  return toUrlSafe(Buffer.concat([Buffer.from(`v2|${content.partnerId}|`), sealed]));
}

/** Reads a session of version 1 or 2; undefined when it is damaged or signed with another secret. */
export function readKs(ks: string, secretOf: (partnerId: number) => string | undefined): KsContent | undefined {
  const data = fromUrlSafe(ks);
  return data.subarray(0, 3).toString('latin1') === 'v2|' ? readVersion2(data, secretOf) : readVersion1(data, secretOf);
}

function readVersion2(data: Buffer, secretOf: (partnerId: number) => string | undefined): KsContent | undefined {
  const end = data.indexOf('|', 3);
  const partnerId = Number(data.subarray(3, end).toString('latin1'));
  const sealed = data.subarray(end + 1);
  const secret = Number.isInteger(partnerId) ? secretOf(partnerId) : undefined;
  if (end < 0 || secret === undefined || sealed.length === 0 || sealed.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', keyOf(secret), Buffer.alloc(16));
  decipher.setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
  let length = plain.length;
  while (length > 0 && plain[length - 1] === 0) length -= 1;
  const body = plain.subarray(HASH_BYTES, length);
  if (length <= HASH_BYTES + RANDOM_BYTES || !timingSafeEqual(plain.subarray(0, HASH_BYTES), sha1(body)))
    return undefined;
  return readFields(partnerId, body.subarray(RANDOM_BYTES).toString('utf8'));
}

function readFields(partnerId: number, fields: string): KsContent | undefined {
  const content: KsContent = { partnerId, userId: '', type: 0, expiry: 0, privileges: [], version: 2 };
  try {
    for (const field of fields.split('&')) {
      const equals = field.indexOf('=');
      const name = decode(equals < 0 ? field : field.slice(0, equals));
      const value = equals < 0 ? '' : decode(field.slice(equals + 1));
      if (name === '_e') content.expiry = Number(value);
      else if (name === '_t') content.type = Number(value);
      else if (name === '_u') content.userId = value;
      else if (name === 'all' && value === '*') content.privileges.push(['*', '']);
      else if (!name.startsWith('_')) content.privileges.push([name, value]);
    }
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  return content;
}

function readVersion1(data: Buffer, secretOf: (partnerId: number) => string | undefined): KsContent | undefined {
  const whole = data.toString('utf8');
  const bar = whole.indexOf('|');
  if (bar !== 40) return undefined;
  const fields = whole.slice(bar + 1);
  const [partner, , expiry, type, , userId = '', privileges = ''] = fields.split(';');
  const partnerId = Number(partner);
  const secret = Number.isInteger(partnerId) ? secretOf(partnerId) : undefined;
  if (secret === undefined || sha1(secret + fields).toString('hex') !== whole.slice(0, bar)) return undefined;
  return {
    partnerId,
    userId,
    type: Number(type),
    expiry: Number(expiry),
    privileges: parsePrivileges(privileges),
    version: 1,
  };
}
