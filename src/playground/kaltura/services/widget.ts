import { argument, type Service } from '../call.js';
import { ApiError } from '../errors.js';

const DEFAULT_WIDGET_UI_CONF = 200;

export const widget: Service = {
  get: (args, { account }) => {
    const id = argument(args, 'id');
    if (id !== `_${account.partnerId}`) throw new ApiError('INVALID_WIDGET_ID', { WIDGET_ID: id });
    return {
      id,
      partnerId: account.partnerId,
      uiConfId: DEFAULT_WIDGET_UI_CONF,
      createdAt: account.openedAt,
      updatedAt: account.openedAt,
      widgetHTML: `Cannot find ui_conf [${DEFAULT_WIDGET_UI_CONF}]`,
      addEmbedHtml5Support: false,
      objectType: 'KalturaWidget',
    };
  },
};
