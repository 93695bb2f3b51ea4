import type { JsonObject } from '../../json.js';
import type { Platform } from '../platform.js';
import { mintAccessToken } from './tokens.js';

const SCOPE = 'https://api.botframework.com/.default';

interface Refusal {
  status: number;
  error: string;
  code: number;
  description: string;
}

function judge(platform: Platform, tenant: string, form: URLSearchParams): Refusal | undefined {
  if (!platform.tenants.some(({ id }) => id === tenant)) {
    return { status: 400, error: 'invalid_request', code: 90002, description: `Tenant '${tenant}' not found.` };
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return { status: 400, error: 'unsupported_grant_type', code: 70003, description: 'The grant is not supported.' };
  }
  if (form.get('client_id') !== platform.app.id) {
    const description = 'The application was not found in the directory.';
    return { status: 400, error: 'unauthorized_client', code: 700016, description };
  }
  if (form.get('client_secret') !== platform.app.password) {
    return { status: 401, error: 'invalid_client', code: 7000215, description: 'Invalid client secret provided.' };
  }
  if (form.get('scope') !== SCOPE) {
    return { status: 400, error: 'invalid_scope', code: 70011, description: 'The scope is not valid.' };
  }
  return undefined;
}

export interface LoginAnswer {
  status: number;
  body: JsonObject;
  /** The form fields without the secret. */
  fields: Record<string, string>;
}

/** Answers one client credentials request and remembers the token it gave out. */
export function answerLogin(platform: Platform, tenant: string, contentType: string, body: string): LoginAnswer {
  const form = new URLSearchParams(body);
  if (!contentType.startsWith('application/x-www-form-urlencoded')) {
    platform.complain(`token request: sent as ${contentType === '' ? 'nothing' : contentType} instead of a form`);
  }
  const fields = Object.fromEntries([...form].filter(([key]) => key !== 'client_secret'));
  const refusal = judge(platform, tenant, form);
  if (refusal !== undefined) {
    const { status, error, code, description } = refusal;
    const answer = { error, error_description: `AADSTS${code}: ${description}`, error_codes: [code] };
    return { status, body: answer, fields };
  }
  const lifetime = platform.accessTokenLifetime;
  const token = mintAccessToken(platform, tenant, lifetime);
  platform.accessTokens.set(token, platform.clock.now() + lifetime * 1000);
  const answer = { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token };
  return { status: 200, body: answer, fields };
}
