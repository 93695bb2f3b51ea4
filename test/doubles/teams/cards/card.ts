import { isObject } from '../../json.js';
import { checkActions } from './buttons.js';
import { anyAction, anyElement, boolean, type Check, list, matching, oneOf, type Spot, shape, text } from './check.js';
import { backgroundImage, containerStyle, link, pixels, verticalAlignment } from './fields.js';

const mention = shape({
  type: oneOf('mention'),
  text: matching(/^<at>[^<>]+<\/at>$/, '<at>Name</at>'),
  mentioned: shape({ id: text, name: text }),
});
const entity: Check = (value, spot) => {
  if (isObject(value) && value.type !== 'mention') spot.report(`entity type ${String(value.type)}`);
  else mention(value, spot);
};

const teams = shape({}, { width: oneOf('Full', 'full'), entities: list(entity), allowExpand: boolean });

const refresh = shape(
  { action: anyAction },
  { userIds: list(text), expires: text, type: oneOf('Refresh') },
  (value, spot) => {
    const action = isObject(value.action) ? value.action : {};
    if (action.type !== 'Action.Execute') spot.report('refreshes with Action.Execute only');
    if (Array.isArray(value.userIds) && value.userIds.length > 60) spot.report('refreshes for 60 people at most');
  },
);

const fields: Record<string, Check> = {
  $schema: text,
  body: list(anyElement),
  actions: (value, spot) => {
    if (!Array.isArray(value) || value.length > 0) checkActions(value, spot);
  },
  refresh,
  msteams: teams,
  fallbackText: text,
  speak: text,
  lang: text,
  rtl: boolean,
  minHeight: pixels,
  verticalContentAlignment: verticalAlignment,
  selectAction: anyAction,
  backgroundImage,
  style: containerStyle,
  metadata: shape({ webUrl: link }),
};

const rule = (card: Record<string, unknown>, spot: Spot): void => {
  const empty = (key: string) => !Array.isArray(card[key]) || card[key].length === 0;
  if (empty('body') && empty('actions')) spot.report('the card is empty');
};

const type = oneOf('AdaptiveCard');
const version = matching(/^1\.5$/, '1.5');

/** Checks an Adaptive Card as a bot sends it. */
export const outerCard = shape({ type, version }, fields, rule);

/** Checks a card inside Action.ShowCard, which needs no version. */
export const unfoldedCard = shape({ type }, { ...fields, version }, rule);
