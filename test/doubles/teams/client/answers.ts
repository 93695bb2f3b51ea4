import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import { ADAPTIVE_CARD, findCardIssues } from '../cards/index.js';
import { checkSecrets, mentionable } from '../connector/check.js';
import { createSurface, type Delivery, type Dialog, type StoredMessage } from '../platform.js';
import type { Scene } from './activities.js';

const MESSAGE = 'application/vnd.microsoft.activity.message';
const FAILURE = 'application/vnd.microsoft.error';
const SEARCH = 'application/vnd.microsoft.search.searchResponse';
const PREVIEWS = ['application/vnd.microsoft.card.hero', 'application/vnd.microsoft.card.thumbnail'];

/** Where a dialog came from. */
export interface Origin {
  source: StoredMessage | undefined;
  commandId: string | undefined;
  /** The dialog an answer would show again. */
  dialog: Dialog | undefined;
}

function checkCard(
  scene: Scene,
  delivery: Delivery,
  card: unknown,
  place: 'message' | 'dialog',
): JsonObject | undefined {
  const people = mentionable(scene.platform, scene.tenant, scene.conversation);
  const { issues, advice } = findCardIssues(card, { place, people });
  for (const issue of issues) scene.platform.complain(`${delivery.what}: ${issue}`);
  scene.platform.advice.push(...advice);
  return isObject(card) ? card : undefined;
}

const isSize = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'number' && value > 0) ||
  ['small', 'medium', 'large'].includes(String(value));

function showDialog(scene: Scene, delivery: Delivery, value: JsonObject, { source, commandId, dialog }: Origin): void {
  const complain = (text: string) => scene.platform.complain(`${delivery.what}: ${text}`);
  const attachment = objectAt(value, 'card');
  const title = stringAt(value, 'title') ?? '';
  if (value.url !== undefined) complain('a dialog with a web page needs validDomains; show a card');
  if (title === '') complain('a dialog needs a title');
  if (!isSize(value.height) || !isSize(value.width)) complain('height and width are small, medium, large or pixels');
  if (attachment?.contentType !== ADAPTIVE_CARD) {
    complain('a dialog shows an Adaptive Card');
    return;
  }
  const card = checkCard(scene, delivery, attachment.content, 'dialog');
  if (card === undefined) return;
  const size = (key: string) => {
    const found = value[key];
    return typeof found === 'number' || typeof found === 'string' ? found : undefined;
  };
  const shown: Dialog = dialog ?? {
    kind: 'dialog',
    ...createSurface(),
    personId: scene.person.id,
    conversation: scene.conversation,
    source,
    commandId,
    title,
    height: size('height'),
    width: size('width'),
    card,
    open: true,
    message: undefined,
    history: [],
  };
  if (dialog !== undefined) {
    dialog.history.push(dialog.card);
    Object.assign(dialog, createSurface(), { card, title, open: true });
  }
  delivery.dialog = shown;
}

/** Applies `{task:…}`: a dialog opens, is shown again, says a text, or closes. */
export function applyTask(scene: Scene, delivery: Delivery, origin: Origin, mayClose: boolean): void {
  const { platform } = scene;
  const complain = (text: string) => platform.complain(`${delivery.what}: ${text}`);
  if (delivery.failure !== undefined) return;
  if (origin.dialog !== undefined) origin.dialog.open = false;
  if (delivery.answer === '' || (isObject(delivery.json) && Object.keys(delivery.json).length === 0)) {
    if (!mayClose) complain('an empty answer opens nothing');
    return;
  }
  const body = isObject(delivery.json) ? delivery.json : {};
  if (mayClose && origin.commandId !== undefined && body.composeExtension !== undefined) {
    applyResults(scene, delivery);
    return;
  }
  const task = objectAt(body, 'task');
  checkSecrets(platform, body, true, complain);
  if (task?.type === 'continue' && isObject(task.value)) showDialog(scene, delivery, task.value, origin);
  else if (task?.type === 'message' && (mayClose || typeof task.value === 'string')) {
    delivery.notice = stringAt(task, 'value');
    if (origin.dialog !== undefined) origin.dialog.message = delivery.notice;
    if (task.value !== undefined && typeof task.value !== 'string') complain('a message task shows text only');
  } else complain(`not a task: ${delivery.answer.slice(0, 120)}`);
  platform.changed();
}

/** Applies `{composeExtension:…}`: search results, an unfurled link, or a card for the compose box. */
export function applyResults(scene: Scene, delivery: Delivery): void {
  const complain = (text: string) => scene.platform.complain(`${delivery.what}: ${text}`);
  if (delivery.failure !== undefined) return;
  const extension = objectAt(isObject(delivery.json) ? delivery.json : {}, 'composeExtension');
  switch (extension?.type) {
    case 'message':
      delivery.notice = stringAt(extension, 'text');
      if (delivery.notice === undefined) complain('a message needs a text');
      return;
    case 'auth':
    case 'config':
      if (objectsAt(objectAt(extension, 'suggestedActions') ?? {}, 'actions').length === 0)
        complain('no sign-in action');
      return;
    case 'result':
      break;
    default:
      complain(`not a message extension answer: ${delivery.answer.slice(0, 120)}`);
      return;
  }
  if (!['list', 'grid'].includes(String(extension.attachmentLayout))) complain('attachmentLayout is list or grid');
  if (!Array.isArray(extension.attachments)) complain('attachments is no list');
  delivery.results = objectsAt(extension, 'attachments');
  for (const [index, attachment] of delivery.results.entries()) {
    if (attachment.contentType !== ADAPTIVE_CARD) continue;
    checkCard(scene, delivery, attachment.content, 'message');
    const preview = stringAt(objectAt(attachment, 'preview') ?? {}, 'contentType') ?? '';
    if (!PREVIEWS.includes(preview)) complain(`result ${index} needs a hero or thumbnail preview`);
  }
}

/** Applies the answer to Action.Execute: the returned card takes the place of the message's for this person. */
export function applyExecute(scene: Scene, delivery: Delivery, message: StoredMessage): void {
  const { platform, person } = scene;
  const complain = (text: string) => platform.complain(`${delivery.what}: ${text}`);
  if (delivery.failure !== undefined) return;
  const { statusCode, type, value } = isObject(delivery.json) ? delivery.json : {};
  if (delivery.status !== 200) complain(`HTTP status ${delivery.status} instead of 200`);
  if (typeof statusCode !== 'number') complain(`no statusCode: ${delivery.answer.slice(0, 120)}`);
  checkSecrets(platform, value, true, complain);
  if (statusCode === 200 && type === ADAPTIVE_CARD) {
    const card = checkCard(scene, delivery, value, 'message');
    if (card !== undefined) message.replaced.set(person.id, card);
    for (const state of [message.entered, message.opened, message.toggled]) state.delete(person.id);
  } else if (statusCode === 200 && type === MESSAGE) {
    delivery.notice = typeof value === 'string' ? value : undefined;
    if (delivery.notice === undefined) complain('a message is a text');
  } else if (typeof statusCode === 'number' && statusCode >= 400) {
    delivery.failure = `refused with ${statusCode}`;
    const error = isObject(value) ? value : {};
    delivery.notice = stringAt(error, 'message');
    if (type !== FAILURE || delivery.notice === undefined) complain(`refusals carry ${FAILURE} with code and message`);
    if (stringAt(error, 'code') === undefined) complain('a refusal needs a code');
  } else complain(`statusCode ${String(statusCode)} with type ${String(type)}`);
  platform.changed();
}

/** Reads the choices of a dynamic choice set. */
export function applyChoices(scene: Scene, delivery: Delivery): void {
  const complain = (text: string) => scene.platform.complain(`${delivery.what}: ${text}`);
  if (delivery.failure !== undefined) return;
  const body = isObject(delivery.json) ? delivery.json : {};
  if (body.type !== SEARCH) complain(`type ${String(body.type)}`);
  if (body.statusCode !== undefined && body.statusCode !== 200) complain(`statusCode ${String(body.statusCode)}`);
  const results = objectsAt(objectAt(body, 'value') ?? {}, 'results');
  if (!Array.isArray(objectAt(body, 'value')?.results)) complain('no list of results');
  for (const { title, value } of results) {
    if (typeof title !== 'string' || typeof value !== 'string' || title === '')
      complain('a result has title and value');
  }
  if (new Set(results.map(({ value }) => value)).size < results.length) complain('a value is offered twice');
  delivery.results = results;
}
