import type { Account } from '../account.js';
import { argument, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { checkInsert, checkUpdate, requireProperties } from '../validation.js';
import { type Fields, int, text } from '../values.js';

export const FIRST_UI_CONF = 23_448_127;
const DELETED = '3';
const TYPE_NAMES: Record<number, string> = { 1: 'Widget', 8: 'KDP3', 21: 'Kaltura Webcasting Studio' };

function find(account: Account, id: string): Fields {
  const uiConf = account.store.table('uiConfs').get(id);
  if (!uiConf || uiConf.$deleted) throw new ApiError('INVALID_UI_CONF_ID', { UI_CONF_ID: id });
  return uiConf;
}

/** Makes a ui conf of the account from what was sent. Sizes are answered as text. */
export function makeUiConf(account: Account, id: number, sent: Fields, now: number): Fields {
  const objType = int(sent, 'objType');
  const uiConf: Fields = {
    partnerId: account.partnerId,
    useCdn: 1,
    createdAt: now,
    updatedAt: now,
    version: '2',
    ...sent,
    id,
    objTypeAsString: TYPE_NAMES[objType ?? 0],
    width: text(sent, 'width'),
    height: text(sent, 'height'),
    objectType: 'KalturaUiConf',
  };
  account.store.table('uiConfs').set(String(id), uiConf);
  return uiConf;
}

const isAlive = (row: Fields) => !row.$deleted;

export const uiConf: Service = {
  add: (args, { account, now }) => {
    const sent = objectArgument(args, 'uiConf');
    checkInsert(sent);
    requireProperties(sent, ['creationMode']);
    return { ...makeUiConf(account, account.store.next('uiConf', FIRST_UI_CONF), sent, now) };
  },
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  update: (args, { account, now }) => {
    const row = find(account, argument(args, 'id'));
    const sent = objectArgument(args, 'uiConf');
    checkUpdate(sent, row);
    Object.assign(row, sent, {
      width: text(sent, 'width') ?? row.width,
      height: text(sent, 'height') ?? row.height,
      updatedAt: now,
    });
    return { ...row };
  },
  delete: (args, { account }) => {
    find(account, argument(args, 'id')).$deleted = DELETED;
  },
  list: (args, { account }) =>
    listRows(account, 'uiConfs', 'KalturaUiConf', args, {
      visible: (row) => isAlive(row) && row.partnerId === account.partnerId,
    }),
  listTemplates: (args, { account }) =>
    listRows(account, 'uiConfs', 'KalturaUiConf', args, { visible: (row) => isAlive(row) && row.partnerId === 0 }),
};
