import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';
import { scopes } from '../../../../src/adapters/slack/oauth.js';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const manifest: unknown = parse(read('manifest.yml'));
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(read('test/fixtures/slack/manifest.schema.json')));

const facts = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string(), url: z.string() })) }),
    oauth_config: z.object({
      redirect_urls: z.array(z.string()),
      scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
    }),
    settings: z.object({
      event_subscriptions: z.object({ request_url: z.string(), bot_events: z.array(z.string()) }),
      interactivity: z.object({ request_url: z.string(), message_menu_options_url: z.string() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(manifest);

describe("the Slack app's manifest", () => {
  it("keeps to the published schema's names and limits", () => {
    validate(manifest);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is held to a schema that refuses what it does not know and what is too long', () => {
    expect(validate({ display_information: { name: 'x'.repeat(36) } })).toBe(false);
    expect(validate({ display_information: { name: 'Webcast' }, settings: { speed: 1 } })).toBe(false);
  });

  it('sends the command, the interactions, the searches and the events to the one address that the bot serves', () => {
    const { slash_commands } = facts.features;
    const { request_url, message_menu_options_url } = facts.settings.interactivity;
    expect(slash_commands.map((one) => one.command)).toEqual(['/webcast']);
    const urls = new Set([
      slash_commands[0]?.url,
      request_url,
      message_menu_options_url,
      facts.settings.event_subscriptions.request_url,
    ]);
    expect([...urls].map((url) => new URL(url ?? '').pathname)).toEqual(['/slack/events']);
  });

  it('asks for the scopes of the methods that the bot calls, and no more', () => {
    const { bot, bot_optional } = facts.oauth_config.scopes;
    expect([...bot].sort()).toEqual(['chat:write', 'chat:write.public', 'commands', 'im:write', 'users:read']);
    expect([...bot_optional].sort()).toEqual(['files:write', 'usergroups:read', 'users:read.email']);
  });

  it('names the scopes that a workspace is asked for when it installs the app by the bot', () => {
    const { bot, bot_optional } = facts.oauth_config.scopes;
    expect([...bot, ...bot_optional]).toEqual(scopes);
  });

  it('lets a workspace come back to the bot, and tells it when the workspace leaves', () => {
    expect(facts.oauth_config.redirect_urls.map((url) => new URL(url).pathname)).toEqual(['/slack/oauth_redirect']);
    expect(facts.settings.event_subscriptions.bot_events).toEqual(['app_uninstalled', 'tokens_revoked']);
  });
});
