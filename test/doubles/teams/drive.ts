import type { IncomingHttpHeaders } from 'node:http';
import { type JsonObject, objectAt, stringAt } from '../json.js';
import type { Conversation, Platform } from './platform.js';

export const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
export const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info';

/** A file in somebody's OneDrive: asked for by a consent card, there when all its bytes have come. */
export interface DriveFile {
  readonly id: string;
  readonly name: string;
  readonly fileType: string;
  readonly size: number;
  readonly personId: string;
  text: string | undefined;
}

const keys = (value: JsonObject): string => Object.keys(value).sort().join(' ');

/** Lists what is wrong with a card that asks whether a person wants a file. */
export function findConsentIssues(attachment: JsonObject, { kind }: Conversation): string[] {
  const content = objectAt(attachment, 'content') ?? {};
  const issues: string[] = [];
  if (kind !== 'personal') issues.push('files are offered in personal chats only');
  const name = stringAt(attachment, 'name') ?? '';
  if (!/^[^"*:<>?/\\|]+\.[a-z0-9]+$/i.test(name)) issues.push(`OneDrive takes no file called ${JSON.stringify(name)}`);
  if (keys(content) !== 'acceptContext declineContext description sizeInBytes') {
    issues.push(`a consent card holds ${keys(content)}`);
  }
  const { sizeInBytes } = content;
  if (typeof sizeInBytes !== 'number' || !Number.isInteger(sizeInBytes) || sizeInBytes < 1) {
    issues.push('sizeInBytes is no size');
  }
  for (const context of ['acceptContext', 'declineContext']) {
    if (objectAt(content, context) === undefined) issues.push(`${context} is no object`);
  }
  return issues;
}

/** Lists what is wrong with a card that shows an uploaded file. */
export function findFileIssues({ drive, driveUrl }: Platform, attachment: JsonObject): string[] {
  const content = objectAt(attachment, 'content') ?? {};
  const file = drive.find(({ id }) => id === stringAt(content, 'uniqueId'));
  if (file === undefined) return ['the file it shows is in no OneDrive'];
  const issues = file.text === undefined ? ['its bytes have not come yet'] : [];
  if (attachment.contentUrl !== `${driveUrl}/files/${file.id}`) issues.push('contentUrl is not where the file is');
  if (attachment.name !== file.name || content.fileType !== file.fileType) issues.push('it has another name or type');
  return issues;
}

/** Makes the place of a file that a person has accepted, and tells it as Teams does. */
export function openUpload(platform: Platform, personId: string, attachment: JsonObject): JsonObject {
  const name = stringAt(attachment, 'name') ?? '';
  const fileType = name.split('.').at(-1) ?? '';
  const size = Number(objectAt(attachment, 'content')?.sizeInBytes);
  const id = platform.ids.guid('file');
  platform.drive.push({ id, name, fileType, size, personId, text: undefined });
  const { driveUrl } = platform;
  return {
    contentUrl: `${driveUrl}/files/${id}`,
    name,
    uploadUrl: `${driveUrl}/upload/${id}`,
    uniqueId: id,
    fileType,
  };
}

/** Takes the bytes of a file; one piece with all of them is what bots send. */
export function takeUpload(
  platform: Platform,
  { method, path, headers, body }: { method: string; path: string; headers: IncomingHttpHeaders; body: string },
): { status: number; body: JsonObject } {
  const complain = (text: string) => platform.complain(`upload: ${text}`);
  const file = platform.drive.find(({ id }) => path === `/upload/${id}`);
  if (file === undefined || method !== 'PUT') {
    complain(`nobody expects ${method} ${path}`);
    return { status: 404, body: { error: { code: 'itemNotFound' } } };
  }
  if (headers.authorization !== undefined) complain('a bearer token came along');
  const length = Buffer.byteLength(body);
  if (length !== file.size) complain(`${length} bytes instead of the ${file.size} that the person agreed to`);
  const range = `bytes 0-${length - 1}/${length}`;
  if (headers['content-range'] !== range) {
    complain(`content-range is ${headers['content-range']} instead of ${range}`);
    return { status: 416, body: { error: { code: 'invalidRange' } } };
  }
  file.text = body;
  platform.changed();
  return { status: 201, body: { id: file.id, name: file.name, size: length } };
}
