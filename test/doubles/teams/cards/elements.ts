import { checkActions } from './buttons.js';
import { charts } from './charts.js';
import {
  anyAction,
  anyElement,
  anyText,
  boolean,
  type Check,
  either,
  list,
  matching,
  number,
  oneOf,
  shape,
  text,
} from './check.js';
import {
  backgroundImage,
  common,
  containerStyle,
  horizontalAlignment,
  imageUrl,
  link,
  pixels,
  spacing,
  verticalAlignment,
} from './fields.js';
import { inputs } from './inputs.js';
import { richTextBlock, textBlock } from './text.js';

const width = either(
  'auto, stretch, a weight or a number of pixels',
  oneOf('auto', 'stretch'),
  number,
  pixels,
  matching(/^\d+$/, ''),
);

/** A thing that opens something when it is pressed; cards cannot be unfolded by it. */
const selectAction: Check = (value, spot) => {
  anyAction(value, spot);
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Action.ShowCard') {
    spot.report('Action.ShowCard is not allowed here');
  }
};

const box: Record<string, Check> = {
  ...common,
  selectAction,
  style: containerStyle,
  verticalContentAlignment: verticalAlignment,
  bleed: boolean,
  backgroundImage,
  minHeight: pixels,
  rtl: boolean,
  roundedCorners: boolean,
  showBorder: boolean,
};

const column: Check = shape(
  {},
  {
    ...box,
    items: list(anyElement),
    width,
    type: oneOf('Column'),
    fallback: (value, spot) => (typeof value === 'string' ? oneOf('drop') : column)(value, spot),
  },
);
const fact = shape({ title: text, value: anyText }, { type: oneOf('Fact') });
const imageSize = oneOf('auto', 'stretch', 'small', 'medium', 'large');
const imageHeight = either('auto, stretch or pixels', oneOf('auto', 'stretch'), pixels);

const image = shape(
  { type: text, url: imageUrl },
  {
    ...common,
    altText: anyText,
    backgroundColor: text,
    height: imageHeight,
    horizontalAlignment,
    selectAction,
    size: imageSize,
    style: oneOf('default', 'person', 'roundedCorners'),
    width: pixels,
    allowExpand: boolean,
  },
);

const cell = shape({ type: oneOf('TableCell'), items: list(anyElement) }, box);
const row = shape(
  { type: oneOf('TableRow'), cells: list(cell) },
  {
    style: containerStyle,
    horizontalCellContentAlignment: horizontalAlignment,
    verticalCellContentAlignment: verticalAlignment,
  },
);

const media = shape(
  { type: text, sources: list(shape({ url: link }, { mimeType: text, type: oneOf('MediaSource') }), 1) },
  {
    ...common,
    poster: imageUrl,
    altText: text,
    captionSources: list(shape({ mimeType: text, url: link, label: text })),
  },
);

/** Elements that Teams adds to version 1.5. */
const teamsElements: Record<string, Check> = {
  ...charts,
  CodeBlock: shape({ type: text, codeSnippet: text }, { ...common, language: text, startLineNumber: number }),
  Icon: shape(
    { type: text, name: text },
    { ...common, color: text, size: text, style: oneOf('Regular', 'Filled'), selectAction, horizontalAlignment },
  ),
  Badge: shape({ type: text, text }, { ...common, style: text, size: text, icon: text, shape: text, appearance: text }),
  ProgressBar: shape({ type: text }, { ...common, value: number, max: number, color: text }),
};

/** Every element by its type. */
export const elements: Record<string, Check> = {
  TextBlock: textBlock,
  RichTextBlock: richTextBlock,
  Image: image,
  Media: media,
  ImageSet: shape({ type: text, images: list(image, 1) }, { ...common, imageSize }),
  FactSet: shape({ type: text, facts: list(fact, 1) }, common),
  Container: shape({ type: text, items: list(anyElement) }, box),
  ColumnSet: shape({ type: text }, { ...box, columns: list(column), horizontalAlignment }),
  ActionSet: shape({ type: text, actions: checkActions }, { ...common, horizontalAlignment }),
  Table: shape(
    {
      type: text,
      rows: list(row),
      columns: list(
        shape(
          {},
          {
            type: text,
            width,
            horizontalCellContentAlignment: horizontalAlignment,
            verticalCellContentAlignment: verticalAlignment,
          },
        ),
        1,
      ),
    },
    {
      ...common,
      firstRowAsHeader: boolean,
      firstRowAsHeaders: boolean,
      showGridLines: boolean,
      gridStyle: containerStyle,
      horizontalCellContentAlignment: horizontalAlignment,
      verticalCellContentAlignment: verticalAlignment,
      spacing,
    },
  ),
  ...inputs,
  ...teamsElements,
};
