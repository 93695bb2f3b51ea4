import { z } from 'zod';
import type { Dispatch } from '../../core/dispatch.js';
import type { FieldIssue } from '../../core/errors.js';
import type { Form } from '../../core/form.js';
import type { Clock, Log, OpenedForm } from '../../core/ports.js';
import type { Prepared } from '../../core/request.js';
import type { PrivateView } from '../../core/view.js';
import type { Activity, Turn } from './activity.js';
import type { InvokeAnswer } from './adapter.js';
import type { Pen } from './buttons.js';
import { cardType } from './card.js';
import { readPress } from './cards.js';
import type { AnswerConsent } from './consent.js';
import { drawDialog, drawNotice } from './form.js';
import { inbound, type Press, type Proceed, wordsOf } from './proceed.js';
import type { Refresh } from './refresh.js';
import { renderCard } from './render.js';
import type { Search } from './search.js';
import type { Signer } from './sign.js';
import { readSubmission, type Submission, writeState } from './submission.js';
import { within } from './within.js';

/** Answers invokes: Teams waits for each, some ten seconds at most. */
export interface Invokes {
  answer(activity: Activity, turn: Turn): Promise<InvokeAnswer>;
}

export interface InvokeParts {
  readonly dispatch: Dispatch;
  readonly proceed: Proceed;
  readonly search: Search;
  readonly refresh: Refresh;
  readonly answerConsent: AnswerConsent;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Log;
  penFor(tenant: string, own: boolean): Pen;
}

/** How long a press or a form is waited for before its answer says that it goes on, in milliseconds. */
const budget = 2500;

const execute = z.object({
  action: z.object({ verb: z.string().optional(), data: z.unknown().optional() }),
  trigger: z.string().nullish(),
});
const fetched = z.object({ data: z.unknown().optional() });
const extension = z.object({ commandId: z.string() });

/** What the actions of the message extension type, by their ids in the app's manifest. */
const extensionLines: Readonly<Record<string, string>> = { createWebcast: 'create' };

const foreign = 'This card is too old to be used, or was made elsewhere. Type the command instead.';

export function createInvokes(parts: InvokeParts): Invokes {
  const { dispatch, proceed, signer, clock, log } = parts;

  async function press(value: unknown, turn: Turn): Promise<InvokeAnswer> {
    const asked = execute.safeParse(value);
    if (!asked.success) return problem('The action cannot be read.');
    const { action } = asked.data;
    const found = readPress(signer, turn.place.tenant, action.data, action.verb);
    switch (found.kind) {
      case 'leave':
        return message('Left as it is.');
      case 'foreign':
        log.warn({ conversation: turn.place.channel }, 'A press on a card that is not ours was refused');
        return problem(foreign);
      case 'line': {
        if (asked.data.trigger === 'automatic') return (await refreshed(found.line, turn)) ?? problem(foreign);
        const state: Press = { own: found.own, replaced: undefined, told: undefined };
        const done = await within(clock, budget, proceed.hear(turn, { kind: 'line', line: found.line }, state));
        if (state.replaced) return replacement(turn, state.replaced, found.own);
        return message(done ? (state.told?.summary ?? 'Done.') : 'Working on it.');
      }
      default: {
        const never: never = found;
        throw never;
      }
    }
  }

  async function refreshed(line: string, turn: Turn): Promise<InvokeAnswer | undefined> {
    const card = (await within(clock, budget, parts.refresh(line, turn)))?.value;
    return card && ok({ statusCode: 200, type: cardType, value: card });
  }

  const replacement = (turn: Turn, view: PrivateView, own: boolean): InvokeAnswer => ({
    status: 200,
    body: { statusCode: 200, type: cardType, value: renderCard(view, parts.penFor(turn.place.tenant, own)) },
  });

  async function fetchTask(value: unknown, turn: Turn): Promise<InvokeAnswer> {
    const data = fetched.safeParse(value).data?.data;
    const found = readPress(signer, turn.place.tenant, data);
    if (found.kind !== 'line') return ok(drawNotice(foreign));
    return openDialog(found.line, turn);
  }

  async function openDialog(line: string, turn: Turn): Promise<InvokeAnswer> {
    const prepared = dispatch.prepare(inbound(turn, { kind: 'line', line }));
    return show(prepared, turn, undefined);
  }

  async function submitTask(value: unknown, turn: Turn): Promise<InvokeAnswer> {
    const sent = readSubmission(signer, turn.place.tenant, fetched.safeParse(value).data?.data);
    if (!sent) return ok(drawNotice('This form is too old to be used. Type the command again.'));
    const { command, key, values } = sent;
    return show(dispatch.prepare(inbound(turn, { kind: 'form', command, key, values })), turn, sent);
  }

  /** What a dialog shows next. */
  async function show(prepared: Prepared, turn: Turn, sent: Submission | undefined): Promise<InvokeAnswer> {
    switch (prepared.kind) {
      case 'answer':
        return ok(drawNotice(wordsOf(prepared.view)));
      case 'form':
        // What stood in the form before it is none of this one's.
        return ok(await dialog(await completed(prepared.opened), turn, undefined));
      case 'issues': {
        const issues = prepared.issues.map((issue) => halfOf(issue, sent) ?? issue);
        return ok(await dialog({ ...prepared.form, issues }, turn, sent));
      }
      case 'run':
        void proceed.run(turn, prepared.job);
        // An empty answer closes the dialog; what comes of it is told in the conversation.
        return { status: 200 };
      default: {
        const never: never = prepared;
        throw never;
      }
    }
  }

  async function completed({ form, complete }: OpenedForm): Promise<Form> {
    if (!complete) return form;
    return (await within(clock, budget, complete('teams')))?.value ?? form;
  }

  async function dialog(form: Form, turn: Turn, sent: Submission | undefined): Promise<object> {
    const { place, person } = turn;
    const asksWebcast = form.groups.some(({ fields }) => fields.some(({ control }) => control.kind === 'webcast'));
    const webcasts = asksWebcast ? await parts.search.choices(place, 'webcast', '') : [];
    const state = writeState(signer, place.tenant, form);
    return drawDialog(form, { state, kept: sent?.kept, webcasts, zone: person.zone });
  }

  async function act(name: string | undefined, value: unknown, turn: Turn): Promise<InvokeAnswer> {
    switch (name) {
      case 'adaptiveCard/action':
        return press(value, turn);
      case 'task/fetch':
        return fetchTask(value, turn);
      case 'task/submit':
      case 'composeExtension/submitAction':
        return submitTask(value, turn);
      case 'composeExtension/fetchTask': {
        const line = extensionLines[extension.safeParse(value).data?.commandId ?? ''];
        return line === undefined ? ok(drawNotice('This app does not know that action.')) : openDialog(line, turn);
      }
      case 'fileConsent/invoke':
        return parts.answerConsent(value, turn);
      case 'application/search':
        return parts.search.answer(value, turn);
      default:
        log.warn({ name }, 'An invoke that the bot does not know was refused');
        return { status: 501 };
    }
  }

  return {
    async answer({ name, value }, turn) {
      try {
        return await act(name ?? undefined, value, turn);
      } catch (error) {
        const words = proceed.explain(error);
        return name === 'adaptiveCard/action' ? problem(words, 500) : ok(drawNotice(words));
      }
    },
  };
}

const ok = (body: object): InvokeAnswer => ({ status: 200, body });

const message = (value: string): InvokeAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });

const problem = (text: string, statusCode: 400 | 500 = 400): InvokeAnswer => {
  const code = statusCode === 400 ? 'BadRequest' : 'InternalError';
  return ok({ statusCode, type: 'application/vnd.microsoft.error', value: { code, message: text } });
};

const halfOf = (issue: FieldIssue, sent: Submission | undefined): FieldIssue | undefined =>
  sent?.halves.find(({ field }) => field === issue.field);
