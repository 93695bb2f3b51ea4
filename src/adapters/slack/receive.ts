import { createHash } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Clock, Log, Place, Platform } from '../../core/ports.js';
import type { Inbound, Prepared } from '../../core/request.js';
import { type Choice, say, type View } from '../../core/view.js';
import { drawOptions, pickedLine } from './buttons.js';
import { drawForm, drawNotice, drawSkeleton } from './form.js';
import { memoize } from './memoize.js';
import { readMetadata, writeMetadata } from './metadata.js';
import { readTyped } from './mrkdwn.js';
import type { OpenForm } from './open.js';
import {
  actionsPayload,
  commandPayload,
  type Pressed,
  personOf,
  placeOf,
  submissionPayload,
  suggestionPayload,
  tenantOf,
} from './payloads.js';
import { render } from './render.js';
import { placeIssues, readValues } from './submission.js';

export interface ReceiveParts {
  readonly dispatch: Dispatch;
  readonly platform: Platform;
  readonly openForm: OpenForm;
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack waits 3 s for the options of a list; one that comes later than this (ms) is of no use to who is typing. */
const suggestionBudget = 800;

/** Tells bolt what is listened to: one listener for each kind, since bolt walks through all of them on every request. */
export function listen(app: App, parts: ReceiveParts): void {
  const { dispatch, platform, openForm, clock, log } = parts;
  // Help is the same view each time.
  const acknowledgementOf = memoize((view: View) => ({ response_type: 'ephemeral' as const, ...render(view) }));

  app.use(async ({ context, next }) => {
    if (typeof context.refusal === 'string') throw new BotError('forbidden', context.refusal, '');
    await next();
  });

  app.command('/webcast', async ({ body, ack }) => {
    const said = commandPayload.parse(body);
    const organization = said.is_enterprise_install === 'true' ? said.enterprise_id : undefined;
    const inbound: Inbound = {
      place: placeOf(organization ?? said.team_id, said.channel_id),
      person: personOf(said.user_id),
      deliveryId: nameDelivery(said.trigger_id),
      wayBack: said.response_url ?? undefined,
      said: { kind: 'line', line: readTyped(said.text) },
    };
    const prepared = dispatch.prepare(inbound);
    if (prepared.kind === 'answer') {
      await ack(acknowledgementOf(prepared.view));
      return;
    }
    await ack();
    await proceed(inbound, said.trigger_id, prepared);
  });

  app.action(/^wc:/, async ({ body, ack }) => {
    const pressed = actionsPayload.parse(body);
    await ack();
    const channel = pressed.channel?.id ?? pressed.container?.channel_id;
    const line = lineOf(pressed);
    if (line === undefined || !channel) return;
    const inbound: Inbound = {
      place: placeOf(tenantOf(pressed), channel),
      person: personOf(pressed.user.id),
      deliveryId: nameDelivery(pressed.trigger_id),
      wayBack: pressed.response_url ?? undefined,
      said: { kind: 'line', line },
    };
    await proceed(inbound, pressed.trigger_id, dispatch.prepare(inbound));
  });

  app.view(/^wc:/, async ({ body, ack }) => {
    const { view, ...submitted } = submissionPayload.parse(body);
    const metadata = readMetadata(view.private_metadata);
    if (!metadata) throw new BotError('invalid', 'This form is too old to be used.', 'Type the command again.');
    const inbound: Inbound = {
      place: placeOf(view.app_installed_team_id ?? tenantOf(submitted), metadata.channel),
      person: personOf(submitted.user.id),
      deliveryId: `form:${metadata.key}`,
      wayBack: metadata.wayBack,
      said: {
        kind: 'form',
        command: metadata.command,
        key: metadata.key,
        values: { ...readValues(view.state.values), ...metadata.carried },
      },
    };
    const prepared = dispatch.prepare(inbound);
    switch (prepared.kind) {
      case 'run':
      case 'answer':
        await ack();
        return proceed(inbound, submitted.trigger_id ?? '', prepared);
      case 'form': {
        const { opened } = prepared;
        const draw = opened.complete ? drawSkeleton : drawForm;
        await ack({ response_action: 'update', view: draw(opened.form, writeMetadata(opened.form, inbound)) });
        return openForm.fill(inbound, view.id, opened);
      }
      case 'issues': {
        const shown = view.blocks.flatMap((block) =>
          block.type === 'input' && block.block_id ? [block.block_id] : [],
        );
        const errors = placeIssues(prepared.issues, shown, prepared.form);
        if (errors) return ack({ response_action: 'errors', errors });
        const sentences = prepared.issues.map((issue) => issue.message).join(' ');
        return ack({ response_action: 'update', view: drawNotice(prepared.form.title, sentences) });
      }
      default: {
        const never: never = prepared;
        return never;
      }
    }
  });

  app.options(/^wc:/, async ({ body, ack }) => {
    const typed = suggestionPayload.parse(body);
    const metadata = readMetadata(typed.view?.private_metadata ?? '');
    const channel = metadata?.channel ?? typed.channel?.id ?? typed.container?.channel_id ?? '';
    const control = typed.action_id.startsWith('wc:field:zone') ? 'zone' : 'webcast';
    const choices = await suggest(placeOf(tenantOf(typed), channel), control, typed.value);
    await ack({ options: drawOptions(choices) });
  });

  async function proceed(inbound: Inbound, triggerId: string, prepared: Prepared): Promise<void> {
    const { place, person, wayBack } = inbound;
    switch (prepared.kind) {
      case 'answer':
        return platform.whisper({ place, person, wayBack }, prepared.view);
      case 'form':
        return openForm.open(inbound, triggerId, prepared.opened);
      case 'issues': {
        const sentences = prepared.issues.map((issue) => issue.message);
        return platform.whisper({ place, person, wayBack }, say('That cannot be done as written.', ...sentences));
      }
      case 'run':
        return dispatch.run(prepared.job, platform);
      default: {
        const never: never = prepared;
        return never;
      }
    }
  }

  async function suggest(place: Place, control: 'webcast' | 'zone', typed: string): Promise<readonly Choice[]> {
    const enough = new AbortController();
    const late = clock.wait(suggestionBudget, enough.signal).then(
      () => undefined,
      () => undefined,
    );
    try {
      const choices = await Promise.race([dispatch.suggest(place, platform.name, control, typed), late]);
      if (choices) return choices;
      log.warn({ control }, 'A list took too long to be of use');
    } catch (error) {
      log.warn({ err: error, control }, 'A list could not be fetched');
    } finally {
      enough.abort();
    }
    return [];
  }
}

/** Names a delivery by its trigger_id, which a repeated one keeps; hashed, because names are logged and told to Kaltura. */
const nameDelivery = (triggerId: string): string => createHash('sha256').update(triggerId).digest('hex').slice(0, 32);

/** The command line that a press types; undefined for link buttons, which Slack reports as well. */
function lineOf(pressed: Pressed): string | undefined {
  const [action] = pressed.actions;
  switch (action?.type) {
    case 'button':
      return action.value ?? undefined;
    case 'static_select':
    case 'external_select':
      return action.selected_option ? pickedLine(action.block_id, action.selected_option.value) : undefined;
    default:
      return undefined;
  }
}
