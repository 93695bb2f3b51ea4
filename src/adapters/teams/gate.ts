import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Log } from '../../core/ports.js';
import { type Activity, activitySchema, tenantOf } from './activity.js';
import type { CheckToken } from './auth.js';
import type { AllowHost } from './hosts.js';

/** An activity that may come in, or the status and sentence that it is turned away with. */
type Admitted =
  | { readonly kind: 'admitted'; readonly activity: Activity; readonly tenant: string }
  | { readonly kind: 'refused'; readonly status: number; readonly text: string };

/** Judges a request before anything of it is acted upon. */
export type Gate = (headers: IncomingHttpHeaders, body: Buffer) => Promise<Admitted>;

export interface GateParts {
  readonly checkToken: CheckToken;
  readonly allowHost: AllowHost;
  readonly tenants: readonly string[];
  readonly log: Log;
}

const typed = z.looseObject({ type: z.string().min(1) });
const addressed = z.looseObject({ serviceUrl: z.string().min(1) });

/** The doors in order: a typed activity, Teams' token, an address of Teams', the token for that address, our tenants. */
export function createGate({ checkToken, allowHost, tenants, log }: GateParts): Gate {
  return async (headers, body) => {
    const refuse = (status: number, text: string, facts: object = {}): Admitted => {
      log.warn({ status, ...facts }, `A request to the Teams address was refused: ${text}`);
      return { kind: 'refused', status, text };
    };
    const raw = typed.safeParse(readJson(body));
    if (!raw.success) return refuse(400, 'The body is no activity.');
    let checked: Awaited<ReturnType<CheckToken>>;
    try {
      checked = await checkToken(headers.authorization);
    } catch {
      return refuse(503, 'Requests cannot be checked right now.');
    }
    if (checked.kind === 'refused') return refuse(401, 'The request is not authorized.', { why: checked.why });
    const { data: sent } = addressed.safeParse(raw.data);
    if (!sent) return refuse(400, 'The activity has no serviceUrl.');
    if (!allowHost(sent.serviceUrl)) return refuse(403, 'The serviceUrl is not of Teams.');
    if (sent.serviceUrl !== checked.serviceUrl) {
      return refuse(401, 'The request is not authorized.', { why: 'the token is for another serviceUrl' });
    }
    const parsed = activitySchema.safeParse(raw.data);
    if (!parsed.success) {
      return refuse(400, 'The activity cannot be read.', { where: parsed.error.issues[0]?.path.join('.') });
    }
    const tenant = tenantOf(parsed.data);
    if (tenant === undefined || !tenants.includes(tenant)) return refuse(403, 'The bot does not serve this tenant.');
    return { kind: 'admitted', activity: parsed.data, tenant };
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
