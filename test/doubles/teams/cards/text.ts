import { anyAction, anyText, boolean, type Check, number, oneOf, shape } from './check.js';
import { common, fontSize, fontWeight, horizontalAlignment, textColor } from './fields.js';

const fontType = oneOf('default', 'monospace');

/** Text that clients read as Markdown: its links lead to the web, to a mailbox, or to a telephone. */
const markdown: Check = (value, spot) => {
  anyText(value, spot);
  if (typeof value !== 'string') return;
  for (const [whole, address = ''] of value.matchAll(/(?<!\\)\[[^\]]*(?<!\\)\]\(([^)]*)\)/g)) {
    if (!/^(https:\/\/|mailto:|tel:)/i.test(address.trim())) spot.report(`link ${whole} does not lead to the web`);
  }
};

const textFields: Record<string, Check> = {
  color: textColor,
  fontType,
  isSubtle: boolean,
  size: fontSize,
  weight: fontWeight,
};

export const textBlock = shape(
  { type: anyText, text: markdown },
  {
    ...common,
    ...textFields,
    horizontalAlignment,
    maxLines: number,
    wrap: boolean,
    style: oneOf('default', 'heading', 'columnHeader'),
  },
);

const textRun = shape(
  { type: oneOf('TextRun'), text: anyText },
  {
    ...textFields,
    highlight: boolean,
    italic: boolean,
    strikethrough: boolean,
    underline: boolean,
    selectAction: anyAction,
  },
);

const inline: Check = (value, spot) => {
  if (typeof value !== 'string') textRun(value, spot);
};

export const richTextBlock = shape(
  {
    type: anyText,
    inlines: (value, spot) => {
      if (!Array.isArray(value) || value.length === 0) spot.report('needs at least one item');
      else for (const [index, entry] of value.entries()) inline(entry, spot.at(index));
    },
  },
  { ...common, horizontalAlignment },
);
