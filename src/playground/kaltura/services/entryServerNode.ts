import { argument, type Service } from '../call.js';
import { listNodes } from '../entries/nodes.js';
import { ApiError } from '../errors.js';
import { buildFilter, cutPage, listResponse } from '../filter.js';
import { part } from '../values.js';

export const entryServerNode: Service = {
  get: (args, { account }) => {
    const id = argument(args, 'id');
    const node = listNodes(account).find((one) => String(one.id) === id);
    if (!node) throw new ApiError('ENTRY_SERVER_NODE_NOT_FOUND', { ENTRY_ID: id, SERVER_TYPE: 'N/A' });
    return { ...node };
  },
  list: (args, { account }) => {
    const found = listNodes(account).filter(buildFilter(part(args, 'filter') ?? {}));
    return listResponse('KalturaEntryServerNodeListResponse', found.length, cutPage(found, part(args, 'pager')));
  },
};
