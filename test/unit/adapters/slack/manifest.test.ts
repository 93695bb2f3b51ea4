import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const manifest: unknown = parse(read('manifest.yml'));
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(read('test/fixtures/slack/manifest.schema.json')));

const facts = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string(), url: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }) }),
    settings: z.object({
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

  it('sends the command, the interactions and the searches to the one address that the bot serves', () => {
    const { slash_commands } = facts.features;
    const { request_url, message_menu_options_url } = facts.settings.interactivity;
    expect(slash_commands.map((one) => one.command)).toEqual(['/webcast']);
    const urls = new Set([slash_commands[0]?.url, request_url, message_menu_options_url]);
    expect([...urls].map((url) => new URL(url ?? '').pathname)).toEqual(['/slack/events']);
  });

  it('asks for the scopes of the methods that the bot calls, and no more', () => {
    const { bot, bot_optional } = facts.oauth_config.scopes;
    expect([...bot].sort()).toEqual(['chat:write', 'chat:write.public', 'commands', 'im:write', 'users:read']);
    expect([...bot_optional].sort()).toEqual(['usergroups:read', 'users:read.email']);
  });
});
