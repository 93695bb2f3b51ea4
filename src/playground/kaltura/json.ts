import type { Value } from './values.js';

/** Encodes JSON as PHP's json_encode does: slashes and everything outside ASCII are escaped. */
export function encodeJson(value: Value): string {
  return JSON.stringify(value)
    .replace(/\//g, '\\/')
    .replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const escapeXml = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function encodeXmlValue(value: Value): string {
  if (value === null) return '';
  if (value === true) return '1';
  if (value === false) return '0';
  if (Array.isArray(value)) return value.map((item) => `<item>${encodeXmlValue(item)}</item>`).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  const { objectType, ...rest } = value;
  const type = typeof objectType === 'string' ? `<objectType>${objectType}</objectType>` : '';
  return (
    type +
    Object.entries(rest)
      .map(([name, item]) => `<${name}>${encodeXmlValue(item ?? null)}</${name}>`)
      .join('')
  );
}

/** Encodes the XML answer that a request without `format` gets; an API error is an `error` element. */
export function encodeXml(value: Value, seconds: number): string {
  const error =
    typeof value === 'object' && value !== null && !Array.isArray(value) && value.objectType === 'KalturaAPIException';
  const content = error ? `<error>${encodeXmlValue(value)}</error>` : encodeXmlValue(value);
  return `<?xml version="1.0" encoding="utf-8"?><xml><result>${content}</result><executionTime>${seconds}</executionTime></xml>`;
}
