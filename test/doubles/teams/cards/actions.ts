import { isObject, objectAt, stringAt } from '../../json.js';
import { anyText, anything, type Check, either, innerCard, list, oneOf, plainObject, shape, text } from './check.js';
import { commonAction, link } from './fields.js';

const associatedInputs = oneOf('auto', 'none');

/** What Teams understands under `data.msteams`, by its `type`. */
const teamsData: Record<string, Check> = {
  'task/fetch': shape({ type: text }, { data: anything }),
  messageBack: shape({ type: text, text }, { displayText: text, value: anything }),
  imBack: shape({ type: text, value: text }),
  invoke: shape({ type: text, value: plainObject }),
  signin: shape({ type: text, value: text }),
};

const data: Check = (value, spot) => {
  either('a text or an object', anyText, plainObject)(value, spot);
  const teams = isObject(value) ? value.msteams : undefined;
  if (teams === undefined) return;
  const type = isObject(teams) ? stringAt(teams, 'type') : undefined;
  const check = type === undefined || !Object.hasOwn(teamsData, type) ? undefined : teamsData[type];
  if (check === undefined) spot.at('msteams').report(`type ${String(type)} is not known to Teams`);
  else check(teams, spot.at('msteams'));
};

const target: Check = (value, spot) => {
  if (typeof value === 'string') text(value, spot);
  else shape({ elementId: text }, { isVisible: anything, type: oneOf('TargetElement') })(value, spot);
};

/** Every action by its type. */
export const actions: Record<string, Check> = {
  'Action.OpenUrl': shape({ type: text, url: link }, commonAction),
  'Action.Submit': shape(
    { type: text },
    { ...commonAction, data, associatedInputs, msteams: plainObject, conditionallyEnabled: anything },
  ),
  'Action.Execute': shape(
    { type: text, verb: text },
    { ...commonAction, data, associatedInputs, conditionallyEnabled: anything },
    (value, spot) => {
      if (objectAt(value, 'data')?.msteams !== undefined) spot.report('data.msteams works with Action.Submit only');
    },
  ),
  'Action.ShowCard': shape({ type: text, card: innerCard }, commonAction),
  'Action.ToggleVisibility': shape({ type: text, targetElements: list(target, 1) }, commonAction),
};
