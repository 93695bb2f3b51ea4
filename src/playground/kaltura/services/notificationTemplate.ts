import type { Account } from '../account.js';
import { argument, type Call, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { byNumber, listRows } from '../rows.js';
import { isKindOf } from '../schema.js';
import { checkUpdate, typeOf } from '../validation.js';
import { type Fields, int, isFields, items, part, text, type Value } from '../values.js';

const FIRST_ID = 50;
const STATUS = { disabled: 1, active: 2, deleted: 3 } as const;
/** The class of each kind of template. */
const CLASSES: Record<string, string> = {
  'httpNotification.Http': 'KalturaHttpNotificationTemplate',
  'emailNotification.Email': 'KalturaEmailNotificationTemplate',
};
/** Properties that are declared as text and answered as numbers. */
const NUMBERS = ['eventType', 'eventObjectType'];

function find(account: Account, id: string): Fields {
  const template = account.store.table('notificationTemplates').get(id);
  if (!template || template.status === STATUS.deleted)
    throw new ApiError('EVENT_NOTIFICATION_TEMPLATE_NOT_FOUND', { ID: id });
  return template;
}

function checkClass(template: Fields, sent: Fields): void {
  const wanted = CLASSES[String(template.type)];
  if (wanted !== undefined && !isKindOf(typeOf(sent), wanted) && typeOf(sent) !== 'KalturaEventNotificationTemplate') {
    throw new ApiError('EVENT_NOTIFICATION_WRONG_TYPE', { ID: String(template.id), TYPE: String(template.type) });
  }
}

function write(template: Fields, sent: Fields): void {
  const { objectType: _type, type: _kind, ...changes } = sent;
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete template[name];
    else template[name] = storedValue(name, value);
  }
}

function storedValue(name: string, value: Value | undefined): Value | undefined {
  if (NUMBERS.includes(name)) return Number(value);
  if (name !== 'userParameters' || !Array.isArray(value)) return value;
  return value.filter(isFields).map(withJoinedValue);
}

/** A parameter with a list of values is answered with the list joined as well. */
function withJoinedValue(parameter: Fields): Fields {
  const values = items(parameter, 'values').filter(isFields);
  if (values.length === 0) return parameter;
  return {
    ...parameter,
    value: { value: values.map((one) => text(one, 'value')).join(','), objectType: 'KalturaStringValue' },
  };
}

/** Only templates of everybody can be copied; the copy starts disabled and names need not be unique. */
function clone(args: Fields, { account, now }: Call): Fields {
  const source = find(account, argument(args, 'id'));
  const sent = part(args, 'eventNotificationTemplate') ?? { objectType: source.objectType };
  checkClass(source, sent);
  const id = account.store.next('notificationTemplate', FIRST_ID);
  const copy: Fields = {
    ...structuredClone(source),
    id,
    partnerId: account.partnerId,
    status: STATUS.disabled,
    createdAt: now,
    updatedAt: now,
  };
  write(copy, sent);
  account.store.table('notificationTemplates').set(String(id), copy);
  return { ...copy };
}

function update(args: Fields, { account, now }: Call): Fields {
  const template = find(account, argument(args, 'id'));
  const sent = objectArgument(args, 'eventNotificationTemplate');
  checkClass(template, sent);
  checkUpdate(sent, template);
  write(template, sent);
  template.updatedAt = now;
  return { ...template };
}

const newestFirst = (a: Fields, b: Fields) => byNumber('id')(b, a);

export const notificationTemplate: Service = {
  clone,
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  update,
  updateStatus: (args, { account, now }) => {
    const template = find(account, argument(args, 'id'));
    Object.assign(template, { status: int(args, 'status'), updatedAt: now });
    return { ...template };
  },
  delete: (args, { account }) => {
    find(account, argument(args, 'id')).status = STATUS.deleted;
  },
  list: (args, { account }) =>
    listRows(account, 'notificationTemplates', 'KalturaEventNotificationTemplate', args, {
      visible: (row) => row.partnerId === account.partnerId && row.status !== STATUS.deleted,
      order: newestFirst,
    }),
  listTemplates: (args, { account }) =>
    listRows(account, 'notificationTemplates', 'KalturaEventNotificationTemplate', args, {
      visible: (row) => row.partnerId === 0,
      order: byNumber('id'),
    }),
};
