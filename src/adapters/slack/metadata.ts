import { z } from 'zod';
import type { Form } from '../../core/form.js';
import type { Inbound } from '../../core/request.js';
import { limits } from './limits.js';

const schema = z.object({
  /** The command, the key of this opening, the channel and the response_url. */
  c: z.string().min(1).max(100),
  k: z.string().min(1).max(200),
  ch: z.string().max(50),
  w: z.string().max(2000).optional(),
  /** What the form carries. */
  v: z.record(z.string(), z.string()).optional(),
});

/** What a modal carries from its opening to its submission. */
export interface Metadata {
  readonly command: string;
  readonly key: string;
  readonly channel: string;
  readonly wayBack: string | undefined;
  readonly carried: Readonly<Record<string, string>>;
}

/** Writes a modal's private_metadata: compact JSON within Slack's 3000 characters. */
export function writeMetadata(form: Form, inbound: Inbound): string {
  const { channel } = inbound.place;
  const needed = { c: form.command, k: form.key, ch: channel, v: form.carried };
  const written = JSON.stringify({ ...needed, w: inbound.wayBack });
  return written.length <= limits.modal.metadata ? written : JSON.stringify(needed);
}

/** Reads a modal's private_metadata; undefined when it is not ours or of another version. */
export function readMetadata(text: string): Metadata | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(raw);
  return data && { command: data.c, key: data.k, channel: data.ch, wayBack: data.w, carried: data.v ?? {} };
}
