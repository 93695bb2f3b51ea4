import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Api } from './api.js';
import { patiently } from './clients.js';

/** Bytes on their way to Slack. */
export interface Upload {
  /** With its ending, which Slack reads the kind of file from. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Uploads a file and gives its id; shared in a channel it is a message there, unshared it stays the bot's own. */
export type UploadFile = (tenant: string, upload: Upload, channel?: string) => Promise<string>;

const begun = z.object({ file_id: z.string().min(1), upload_url: z.url({ protocol: /^https?$/ }) });

/** Slack takes a file in three steps: an address for so many bytes, the bytes, and the word that they are complete. */
export function createUploadFile(api: Api, signal: AbortSignal): UploadFile {
  return async (tenant, { name, bytes }, channel) => {
    const asking = { method: 'files.getUploadURLExternal', repeatable: true, tenant, key: '' };
    const answer = await api.send(asking, (client) =>
      client.files.getUploadURLExternal({ filename: name, length: bytes.length }),
    );
    const { file_id: id, upload_url: address } = begun.parse(answer);
    await sendBytes(address, bytes, signal);
    // Shared twice it would be there twice.
    const completing = { method: 'files.completeUploadExternal', repeatable: false, tenant, key: '' };
    await api.send(completing, (client) =>
      client.files.completeUploadExternal(
        channel === undefined
          ? { files: [{ id, title: name }] }
          : { files: [{ id, title: name }], channel_id: channel },
      ),
    );
    return id;
  };
}

async function sendBytes(address: string, body: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const limited = AbortSignal.any([AbortSignal.timeout(patiently), signal]);
  let status: number;
  try {
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'error', signal: limited });
    await answer.arrayBuffer();
    status = answer.status;
  } catch (error) {
    throw notTaken(error);
  }
  if (status !== 200) throw notTaken(new Error(`The upload was answered with HTTP ${status}.`));
}

const notTaken = (cause: unknown): BotError =>
  new BotError('unavailable', 'Slack does not take the file now.', 'Try again in a minute.', cause);
