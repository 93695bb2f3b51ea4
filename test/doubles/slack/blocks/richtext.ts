import { anything, boolean, byType, type Check, integer, list, matching, oneOf, shape, string, url } from './check.js';

const style = shape(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);
const named = (type: string) => ({ type: oneOf(type) });

const inline: Record<string, Check> = {
  text: shape({ ...named('text'), text: string(12_000) }, { style }),
  link: shape({ ...named('link'), url }, { text: string(3000), unsafe: boolean, style }),
  user: shape({ ...named('user'), user_id: string(255) }, { style }),
  usergroup: shape({ ...named('usergroup'), usergroup_id: string(255) }, { style }),
  channel: shape({ ...named('channel'), channel_id: string(255) }, { style }),
  team: shape({ ...named('team'), team_id: string(255) }, { style }),
  emoji: shape(
    { ...named('emoji'), name: string(255) },
    { unicode: string(255), url, style, skin_tone: integer(1, 6) },
  ),
  color: shape({ ...named('color'), value: matching(/^#[0-9a-fA-F]{6}$/, 'a colour as #RRGGBB') }, { style }),
  broadcast: shape({ ...named('broadcast'), range: oneOf('here', 'channel', 'everyone') }, { style }),
  date: shape(
    { ...named('date'), timestamp: integer(0, 9_999_999_999), format: string(255) },
    { url, fallback: string(255), style },
  ),
};

const inlines = list(byType(inline), 1000, 0);
const section = shape({ ...named('rich_text_section'), elements: inlines });
const bordered = { border: integer(0, 1) };

/** A rich_text block; lists nest by indent and hold sections only. */
export const richText: Check = shape(
  {
    ...named('rich_text'),
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_list: shape(
          { ...named('rich_text_list'), style: oneOf('bullet', 'ordered'), elements: list(section, 1000) },
          { indent: integer(0, 8), offset: integer(0, 10_000), ...bordered },
        ),
        rich_text_preformatted: shape(
          { ...named('rich_text_preformatted'), elements: inlines },
          { ...bordered, language: anything },
        ),
        rich_text_quote: shape({ ...named('rich_text_quote'), elements: inlines }, bordered),
      }),
      1000,
    ),
  },
  { block_id: string(255) },
);
