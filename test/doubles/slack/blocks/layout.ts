import { isObject, type JsonObject, objectsAt } from '../../json.js';
import {
  boolean,
  byType,
  type Check,
  integer,
  list,
  matching,
  oneOf,
  pick,
  type Surface,
  shape,
  string,
  url,
} from './check.js';
import { accessories, actionElements, elements, inputElements } from './elements.js';
import { anyText, exactlyOne, mrkdwn, pictureFields, plainText } from './objects.js';
import { richText } from './richtext.js';
import { dataTable, table } from './tables.js';

const identified = { block_id: string(255) };
const type = (name: string) => ({ type: oneOf(name) });
const secureUrl = matching(/^https:\/\/\S{1,2992}$/, 'an https URL');

const section = shape(
  type('section'),
  {
    ...identified,
    text: anyText(3000),
    fields: list(anyText(2000), 10),
    accessory: byType(accessories),
    expand: boolean,
  },
  (value, spot) => {
    if (value.text === undefined && value.fields === undefined) spot.report('must provide text or fields');
  },
);

const input = shape(
  { ...type('input'), label: plainText(2000), element: byType(inputElements) },
  { ...identified, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
);

const card = shape(
  type('card'),
  {
    ...identified,
    hero_image: byType(pick(elements, 'image')),
    icon: byType(pick(elements, 'image')),
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(byType(pick(elements, 'button')), 3),
  },
  (value, spot) => {
    if (!['hero_image', 'title', 'body', 'actions'].some((key) => value[key] !== undefined)) {
      spot.report('must provide at least one of: hero_image, title, actions, body');
    }
  },
);

const taskCard = shape(
  {
    ...type('task_card'),
    task_id: string(255),
    title: string(255),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  {
    ...identified,
    details: richText,
    output: richText,
    sources: list(shape({ type: oneOf('url'), url, text: string(255) }), 100),
  },
);

const blocks: Record<string, Check> = {
  section,
  input,
  card,
  rich_text: richText,
  table,
  data_table: dataTable,
  task_card: taskCard,
  divider: shape(type('divider'), identified),
  header: shape({ ...type('header'), text: plainText(150) }, { ...identified, level: integer(1, 6) }),
  actions: shape({ ...type('actions'), elements: list(byType(actionElements), 25) }, identified),
  context: shape(
    {
      ...type('context'),
      elements: list(byType({ image: byType(elements), plain_text: plainText(3000), mrkdwn: mrkdwn(3000) }), 10),
    },
    identified,
  ),
  context_actions: shape(
    { ...type('context_actions'), elements: list(byType(pick(elements, 'feedback_buttons', 'icon_button')), 5) },
    identified,
  ),
  image: shape(
    { ...type('image'), alt_text: string(2000) },
    { ...identified, ...pictureFields, title: plainText(2000) },
    exactlyOne('image_url', 'slack_file'),
  ),
  video: shape(
    { ...type('video'), video_url: secureUrl, thumbnail_url: url, alt_text: string(2000), title: plainText(200) },
    {
      ...identified,
      title_url: secureUrl,
      author_name: string(50),
      provider_name: string(50),
      provider_icon_url: url,
      description: plainText(200),
    },
  ),
  markdown: shape({ ...type('markdown'), text: string(12_000) }, identified),
  alert: shape(
    { ...type('alert'), text: anyText(200) },
    { ...identified, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  carousel: shape({ ...type('carousel'), elements: list(card, 10) }, identified),
  file: shape({ ...type('file'), source: oneOf('remote'), external_id: string(255) }, identified),
  plan: shape({ ...type('plan'), title: string(255) }, { ...identified, tasks: list(taskCard, 50) }),
};

const containerChildren = pick(
  blocks,
  ...['actions', 'context', 'divider', 'file', 'header', 'image', 'input', 'rich_text', 'section', 'table', 'video'],
);
blocks.container = shape(
  { ...type('container'), child_blocks: list(byType(containerChildren), 10) },
  {
    ...identified,
    title: plainText(150),
    rich_text_title: richText,
    subtitle: anyText(150),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: byType(pick(elements, 'image')),
    is_collapsible: boolean,
    default_collapsed: boolean,
    has_header_divider: boolean,
  },
);

const everywhere = ['section', 'input', 'divider', 'header', 'actions', 'context', 'image', 'rich_text', 'video'];
const allowed: Record<Surface, Record<string, Check>> = {
  message: pick(
    blocks,
    ...everywhere,
    ...[
      'markdown',
      'table',
      'data_table',
      'file',
      'context_actions',
      'card',
      'carousel',
      'container',
      'task_card',
      'plan',
    ],
  ),
  modal: pick(blocks, ...everywhere, 'alert'),
  home: pick(blocks, ...everywhere),
};

/** Checks one layout block by the rules of the surface it stands on. */
export const block: Check = (value, spot) => byType(allowed[spot.surface])(value, spot);

/** Returns the interactive elements of a block, whichever field holds them, nested blocks included. */
export function elementsOf(layout: JsonObject): JsonObject[] {
  const single = [layout.accessory, layout.element].filter(isObject);
  const listed = ['actions', 'context_actions'].includes(String(layout.type)) ? objectsAt(layout, 'elements') : [];
  const children = [
    ...objectsAt(layout, 'child_blocks'),
    ...(layout.type === 'carousel' ? objectsAt(layout, 'elements') : []),
  ];
  return [...single, ...listed, ...objectsAt(layout, 'actions'), ...children.flatMap(elementsOf)].filter(
    (element) => element.type !== 'image',
  );
}
