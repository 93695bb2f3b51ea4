import { z } from 'zod';
import type { Person, Place } from '../../core/ports.js';

const optional = z.string().nullish();

/** A slash command as Slack posts it: every value is a string. */
export const commandPayload = z.object({
  team_id: z.string(),
  enterprise_id: optional,
  is_enterprise_install: optional,
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().optional().default(''),
  trigger_id: z.string(),
  response_url: optional,
});

const team = z.object({ id: z.string() }).nullish();
const signed = {
  team,
  enterprise: team,
  is_enterprise_install: z.boolean().nullish(),
  user: z.object({ id: z.string(), team_id: optional }),
};
const option = z.object({ value: z.string() }).nullish();
const container = z.object({ channel_id: optional }).nullish();
const channel = z.object({ id: z.string() }).nullish();

/** A press or a choice in a message or a modal. */
export const actionsPayload = z.object({
  ...signed,
  trigger_id: z.string(),
  response_url: optional,
  channel,
  container,
  actions: z
    .array(
      z.object({
        type: z.string(),
        action_id: z.string(),
        block_id: z.string().optional().default(''),
        value: optional,
        selected_option: option,
      }),
    )
    .min(1),
});
export type Pressed = z.infer<typeof actionsPayload>;

/** What a person typed into a list that searches. */
export const suggestionPayload = z.object({
  ...signed,
  action_id: z.string(),
  value: z.string().optional().default(''),
  channel,
  container,
  view: z.object({ private_metadata: z.string().optional().default('') }).nullish(),
});

const fieldState = z.object({
  type: z.string(),
  value: optional,
  selected_option: option,
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date_time: z.number().nullish(),
});
export type FieldState = z.infer<typeof fieldState>;

/** A submitted modal with what stands in its inputs, by block id and action id. */
export const submissionPayload = z.object({
  ...signed,
  trigger_id: optional,
  view: z.object({
    id: z.string(),
    app_installed_team_id: optional,
    private_metadata: z.string().optional().default(''),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), fieldState)) }),
  }),
});

type Signed = {
  readonly team?: { readonly id: string } | null | undefined;
  readonly enterprise?: { readonly id: string } | null | undefined;
  readonly is_enterprise_install?: boolean | null | undefined;
  readonly user: { readonly id: string; readonly team_id?: string | null | undefined };
};

/** The workspace, or the organization when the app is installed for all of it; an organization's payload has no team. */
export function tenantOf(payload: Signed): string {
  const enterprise = payload.enterprise?.id;
  if (payload.is_enterprise_install && enterprise) return enterprise;
  return payload.team?.id ?? payload.user.team_id ?? enterprise ?? '';
}

/** A channel of a tenant; Slack's direct chats have ids that begin with D. */
export const placeOf = (tenant: string, channel: string): Place => ({
  tenant,
  channel,
  direct: channel.startsWith('D'),
});

/** Slack sends no time zone along with a request. */
export const personOf = (id: string): Person => ({ id, zone: undefined });
