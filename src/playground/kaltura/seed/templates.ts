import type { Account } from '../account.js';
import type { Fields } from '../values.js';

interface Template {
  id: number;
  name: string;
  systemName: string;
  description: string;
  eventType: number;
  eventObjectType: number;
  conditions?: Fields[];
  parameters: [key: string, description: string][];
  userParameters?: Fields[];
}

const DATA_CHANGED = 3;
const CREATED = 5;
const ENTRY = 1;
const CATEGORY_ENTRY = 37;
const METADATA = 3;
const ENTRY_PARAMETERS: [string, string][] = [
  ['entry_id', 'Entry ID'],
  ['entry_name', 'Entry name'],
  ['entry_status', 'Entry status'],
  ['entry_reference_id', 'Entry reference ID'],
];
const CATEGORY_PARAMETERS: [string, string][] = [
  ['entry_id', 'Entry ID'],
  ['entry_name', 'Entry name'],
  ['category_id', 'Category ID'],
  ['category_name', 'Category name'],
];
const STATUS_MODIFIED: Fields = {
  type: 10122,
  description: 'Status field modified',
  not: false,
  field: { objectType: 'KalturaEvalBooleanField' },
  objectType: 'KalturaEventFieldCondition',
};
const COLUMNS_MODIFIED: Fields = {
  description: 'Entry metadata changed, columns defined in modified_columns parameter',
  not: false,
  modifiedColumns: '{modified_columns}',
  objectType: 'KalturaEventObjectChangedCondition',
};

/** The HTTP templates of a stock server that an account may copy. */
const TEMPLATES: Template[] = [
  {
    id: 15,
    name: 'Entry Status Changed',
    systemName: 'HTTP_ENTRY_STATUS_CHANGED',
    description: 'HTTP notification template to be sent when an entry status changed.',
    eventType: DATA_CHANGED,
    eventObjectType: ENTRY,
    conditions: [STATUS_MODIFIED],
    parameters: ENTRY_PARAMETERS,
  },
  {
    id: 16,
    name: 'Entry Status Equals',
    systemName: 'HTTP_ENTRY_STATUS_EQUALS',
    description: 'HTTP notification template to be sent when an entry status becomes a given one.',
    eventType: DATA_CHANGED,
    eventObjectType: ENTRY,
    conditions: [STATUS_MODIFIED],
    parameters: ENTRY_PARAMETERS,
  },
  {
    id: 17,
    name: 'Entry Changed',
    systemName: 'HTTP_ENTRY_CHANGED',
    description: 'HTTP notification template to be sent when an entry metadata changed.',
    eventType: DATA_CHANGED,
    eventObjectType: ENTRY,
    conditions: [COLUMNS_MODIFIED],
    parameters: ENTRY_PARAMETERS,
  },
  {
    id: 18,
    name: 'Entry Custom Metadata Changed',
    systemName: 'HTTP_ENTRY_CUSTOM_METADATA_CHANGED',
    description: 'HTTP notification template to be sent when the custom metadata of an entry changed.',
    eventType: DATA_CHANGED,
    eventObjectType: METADATA,
    parameters: ENTRY_PARAMETERS,
  },
  {
    id: 22,
    name: 'Entry Added To Category',
    systemName: 'HTTP_ENTRY_ADDED_TO_CATEGORY',
    description: 'HTTP notification template to be sent when a entry associated with category.',
    eventType: CREATED,
    eventObjectType: CATEGORY_ENTRY,
    parameters: CATEGORY_PARAMETERS,
  },
];

/** Puts the notification templates of everybody into an account. */
export function seedTemplates(account: Account, now: number): void {
  for (const { conditions, parameters, userParameters, ...texts } of TEMPLATES) {
    const template: Fields = {
      ...texts,
      partnerId: 0,
      type: 'httpNotification.Http',
      status: 1,
      createdAt: now,
      updatedAt: now,
      automaticDispatchEnabled: true,
      ...(conditions ? { eventConditions: conditions } : {}),
      contentParameters: parameters.map(([key, description]) => ({
        key,
        description,
        value: { objectType: 'KalturaEvalStringField' },
        objectType: 'KalturaEventNotificationParameter',
      })),
      userParameters: userParameters ?? [],
      method: 2,
      customHeaders: [],
      secureHashingAlgo: 1,
      objectType: 'KalturaHttpNotificationTemplate',
    };
    account.store.table('notificationTemplates').set(String(texts.id), template);
  }
}
