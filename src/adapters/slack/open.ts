import type { types } from '@slack/bolt';
import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Form } from '../../core/form.js';
import type { Log, OpenedForm, Platform } from '../../core/ports.js';
import type { Inbound } from '../../core/request.js';
import { type Button, say, type View } from '../../core/view.js';
import type { Api } from './api.js';
import { isTriggerGone, slackCode } from './errors.js';
import { drawForm, drawSkeleton } from './form.js';
import { writeMetadata } from './metadata.js';

const shownAnswer = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/**
 * Views travel as JSON in a form either way; the client copies one that is still an object, field by field, for a debug
 * line that nobody reads, at a sixth of the cost of opening a modal.
 */
const written = (view: types.ModalView): string => JSON.stringify(view);

/** Opens forms as modals; never rejects, whatever happens is told to the person. */
export interface OpenForm {
  open(inbound: Inbound, triggerId: string, opened: OpenedForm): Promise<void>;
  /** Fills a modal in which a form stands that is not complete yet; nothing happens when it is. */
  fill(inbound: Inbound, viewId: string, opened: OpenedForm): Promise<void>;
}

export function createOpenForm(api: Api, platform: Pick<Platform, 'name' | 'whisper'>, log: Log): OpenForm {
  async function open(inbound: Inbound, triggerId: string, opened: OpenedForm): Promise<void> {
    const metadata = writeMetadata(opened.form, inbound);
    const { tenant } = inbound.place;
    const show = (view: types.ModalView) =>
      api.now({ method: 'views.open', repeatable: true, tenant }, (client) =>
        client.apiCall('views.open', { trigger_id: triggerId, view: written(view) }),
      );
    if (!opened.complete) {
      await show(drawForm(opened.form, metadata));
      return;
    }
    const skeleton = show(drawSkeleton(opened.form, metadata));
    const [answer, form] = await Promise.all([skeleton, opened.complete(platform.name)]);
    const { view } = shownAnswer.parse(answer);
    await replace(inbound, { view_id: view.id, hash: view.hash }, form);
  }

  async function replace(
    inbound: Inbound,
    shown: { readonly view_id: string; readonly hash?: string },
    form: Form,
  ): Promise<void> {
    const { tenant } = inbound.place;
    const view = written(drawForm(form, writeMetadata(form, inbound)));
    const asked = { method: 'views.update', repeatable: true, tenant, key: shown.view_id };
    await api.send(asked, (client) => client.apiCall('views.update', { ...shown, view }));
  }

  async function trying(inbound: Inbound, opened: OpenedForm, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const code = slackCode(error);
      // The person closed the modal, or something newer stands in it.
      if (code === 'not_found' || code === 'hash_conflict') {
        log.debug({ code, command: opened.form.command }, 'A form was gone before it could be filled');
        return;
      }
      log.warn({ err: error, command: opened.form.command }, 'A form could not be opened');
      await tell(inbound, error);
    }
  }

  async function tell(inbound: Inbound, error: unknown): Promise<void> {
    const { place, person, wayBack } = inbound;
    try {
      await platform.whisper({ place, person, wayBack }, apology(inbound, error));
    } catch (second) {
      log.error({ err: second }, 'It could not be told that a form did not open');
    }
  }

  return {
    open: (inbound, triggerId, opened) => trying(inbound, opened, () => open(inbound, triggerId, opened)),
    async fill(inbound, viewId, opened) {
      const { complete } = opened;
      if (!complete) return;
      await trying(inbound, opened, async () => replace(inbound, { view_id: viewId }, await complete(platform.name)));
    },
  };
}

function apology(inbound: Inbound, error: unknown): View {
  if (error instanceof BotError && error.code === 'misconfigured') return say(error.message, error.hint);
  const line = inbound.said.kind === 'line' ? inbound.said.line.trim() : inbound.said.command;
  const why = isTriggerGone(error) ? 'Slack gives a form three seconds to open, and they were over.' : whyNot(error);
  const again: Button = { label: 'Open again', line, style: 'primary' };
  const view = say('The form did not open in time.', `${why} Press the button, or type the command again.`);
  return { ...view, nodes: [...view.nodes, { kind: 'buttons', buttons: [again] }] };
}

function whyNot(error: unknown): string {
  return error instanceof BotError && error.code !== 'bug' ? error.message : 'Slack did not take it.';
}
