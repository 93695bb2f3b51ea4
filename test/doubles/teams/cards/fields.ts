import {
  anyElement,
  anything,
  boolean,
  type Check,
  either,
  matching,
  oneOf,
  plainObject,
  shape,
  text,
} from './check.js';

export const spacing = oneOf('none', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding', 'extraSmall');
export const horizontalAlignment = oneOf('left', 'center', 'right');
export const verticalAlignment = oneOf('top', 'center', 'bottom');
export const containerStyle = oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent');
export const textColor = oneOf('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention');
export const fontSize = oneOf('default', 'small', 'medium', 'large', 'extraLarge');
export const fontWeight = oneOf('default', 'lighter', 'bolder');
export const pixels = matching(/^\d+px$/, 'a number of pixels such as 20px');

/** Pictures come from https or are part of the card. */
export const imageUrl: Check = (value, spot) => {
  if (typeof value !== 'string') spot.report('must be an address');
  else if (!/^data:image\/(png|jpe?g|gif|svg\+xml);base64,/.test(value) && !isHttps(value)) {
    spot.report('must be an https address without credentials, or a picture as data');
  }
};

/** Tells whether an address is https, parses, and carries no user name or password. */
function isHttps(address: string): boolean {
  if (!URL.canParse(address) || /[\s<>"]/.test(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
}

/** An address that a client opens: https only. */
export const link: Check = (value, spot) => {
  if (typeof value !== 'string' || !isHttps(value)) spot.report('must be an https address without credentials');
};

/** What stands in for an element that a client does not know. */
const fallback: Check = (value, spot) => {
  if (typeof value === 'string') oneOf('drop')(value, spot);
  else anyElement(value, spot);
};

export const backgroundImage: Check = (value, spot) => {
  if (typeof value === 'string') {
    imageUrl(value, spot);
    return;
  }
  const fillMode = oneOf('cover', 'repeatHorizontally', 'repeatVertically', 'repeat');
  shape({ url: imageUrl }, { fillMode, horizontalAlignment, verticalAlignment, type: oneOf('BackgroundImage') })(
    value,
    spot,
  );
};

/** Fields every element may have. */
export const common: Record<string, Check> = {
  type: text,
  id: text,
  isVisible: boolean,
  separator: boolean,
  spacing,
  height: oneOf('auto', 'stretch'),
  fallback,
  requires: plainObject,
  lang: text,
  targetWidth: matching(/^(atLeast:|atMost:)?(veryNarrow|narrow|standard|wide)$/, 'a width such as atLeast:narrow'),
};

/** Fields every action may have. */
export const commonAction: Record<string, Check> = {
  type: text,
  id: text,
  title: text,
  iconUrl: either(
    'an https address or an icon name',
    imageUrl,
    matching(/^icon:[A-Za-z0-9]+(,(regular|filled))?$/, ''),
  ),
  style: oneOf('default', 'positive', 'destructive'),
  mode: oneOf('primary', 'secondary'),
  tooltip: text,
  isEnabled: boolean,
  requires: plainObject,
  fallback: anything,
};
