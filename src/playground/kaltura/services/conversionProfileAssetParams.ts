import type { Service } from '../call.js';
import { listRows } from '../rows.js';

export const conversionProfileAssetParams: Service = {
  list: (args, { account }) =>
    listRows(account, 'conversionProfileAssetParams', 'KalturaConversionProfileAssetParams', args),
};
