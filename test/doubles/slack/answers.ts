import { isObject, type JsonObject, objectAt, objectsAt } from '../json.js';
import { byType, type Issue, list, oneOf, shape, startAt, string } from './blocks/check.js';
import { optionGroup, plainOption } from './blocks/objects.js';
import { ApiError } from './errors.js';
import type { Delivery, Platform, ResponseUrl, StoredView, Workspace } from './platform.js';
import { applyResponse } from './responseurls.js';
import { endView, pushView, readView, replaceView, stackOf } from './views.js';

/** Carries out the immediate answer to a slash command: a message, or nothing. */
export function applyCommandAnswer(
  platform: Platform,
  workspace: Workspace,
  delivery: Delivery,
  place: Pick<ResponseUrl, 'userId' | 'channelId'>,
): void {
  if (delivery.failure !== undefined || delivery.answer === '') return;
  const body = delivery.json === undefined ? { text: delivery.answer } : delivery.json;
  if (!isObject(body)) {
    refuse(platform, delivery, 'invalid_payload', 'command: the answer is not an object');
    return;
  }
  carryOut(platform, delivery, () => applyResponse(platform, workspace, place, body, 'command'));
}

/** Judges answers that must be empty: actions, shortcuts, closed views and events. */
export function demandEmptyAnswer(platform: Platform, delivery: Delivery): void {
  if (delivery.failure === undefined && delivery.answer !== '') {
    platform.complain(`${delivery.kind}: Slack ignores the body of this answer: ${delivery.answer.slice(0, 80)}`);
  }
}

/** Reads the options an app offers for an external select: at most 100, or groups of them. */
export function applyOptions(platform: Platform, delivery: Delivery): JsonObject[] {
  if (delivery.failure !== undefined) return [];
  const issues: Issue[] = [];
  const check = shape(
    {},
    { options: list(plainOption, 100, 0), option_groups: list(optionGroup, 100, 0) },
    (value, spot) => {
      if ((value.options === undefined) === (value.option_groups === undefined))
        spot.report('options or option_groups');
    },
  );
  check(delivery.json, startAt('', 'modal', issues));
  for (const issue of issues) platform.complain(`block_suggestion: ${issue.message} [${issue.pointer}]`);
  if (issues.length > 0 || !isObject(delivery.json)) {
    delivery.failure = 'invalid_options';
    return [];
  }
  delivery.options = [
    ...objectsAt(delivery.json, 'options'),
    ...objectsAt(delivery.json, 'option_groups').flatMap((group) => objectsAt(group, 'options')),
  ];
  return delivery.options;
}

const responseAction = byType({
  errors: shape({ type: oneOf('errors'), errors: () => undefined }),
  update: shape({ type: oneOf('update'), view: () => undefined }),
  push: shape({ type: oneOf('push'), view: () => undefined }),
  clear: shape({ type: oneOf('clear') }),
});

/** Carries out the answer to a submission: close, clear, update, push, or errors on the fields. */
export function applySubmissionAnswer(
  platform: Platform,
  workspace: Workspace,
  view: StoredView,
  delivery: Delivery,
): void {
  if (delivery.failure !== undefined) return;
  if (delivery.answer === '') {
    endView(platform, view, 'submitted');
    return;
  }
  if (!isObject(delivery.json)) {
    refuse(platform, delivery, 'invalid_payload', 'view_submission: the answer is not an object');
    return;
  }
  const answer = delivery.json;
  const { response_action: action, ...rest } = answer;
  const issues: Issue[] = [];
  responseAction({ ...rest, type: action }, startAt('', 'modal', issues));
  if (issues.length > 0) {
    refuse(platform, delivery, 'invalid_response_action', `view_submission: ${JSON.stringify(issues)}`);
    return;
  }
  carryOut(platform, delivery, () => {
    switch (action) {
      case 'errors':
        showErrors(platform, view, delivery, objectAt(answer, 'errors') ?? {});
        return;
      case 'update':
        replaceView(platform, view, readView(platform, answer.view, 'modal', 'response_action update'));
        return;
      case 'push':
        pushView(platform, workspace, readView(platform, answer.view, 'modal', 'response_action push'), view);
        return;
      case 'clear':
        for (const open of stackOf(workspace, view.userId)) endView(platform, open, 'cleared');
        return;
    }
  });
}

function showErrors(platform: Platform, view: StoredView, delivery: Delivery, errors: JsonObject): void {
  const inputs = objectsAt(view.body, 'blocks').filter((block) => block.type === 'input');
  const known = new Set(inputs.map((block) => block.block_id));
  if (Object.keys(errors).length === 0) throw new ApiError('invalid_errors', { reason: 'no errors given' });
  const issues: Issue[] = [];
  for (const [blockId, text] of Object.entries(errors)) {
    if (!known.has(blockId))
      throw new ApiError('invalid_errors', { reason: `${blockId} is not an input block of this view` });
    string(2000)(text, startAt(`/errors/${blockId}`, 'modal', issues));
    if (typeof text === 'string') delivery.errors[blockId] = text;
  }
  if (issues.length > 0) throw new ApiError('invalid_errors', { issues });
  view.errors = { ...delivery.errors };
  platform.changed();
}

function carryOut(platform: Platform, delivery: Delivery, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refuse(platform, delivery, error.code, `${delivery.kind}: ${error.code} ${JSON.stringify(error.extra)}`);
  }
}

function refuse(platform: Platform, delivery: Delivery, failure: string, complaint: string): void {
  delivery.failure = failure;
  platform.complain(complaint);
}
