const TAG_LENGTH = 100;

/** Kaltura's tables hold no characters of four bytes; each becomes four question marks. */
export function storeText(value: string): string {
  return value.replace(/[\u{10000}-\u{10ffff}]/gu, '????');
}

function split(value: string): string[] {
  const seen = new Set<string>();
  return value
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => {
      const isNew = tag !== '' && !seen.has(tag);
      seen.add(tag);
      return isNew;
    });
}

/** Stores public tags: lower case, trimmed, unique, two characters or more, 100 at most. */
export function storeTags(value: string): string {
  return split(storeText(value))
    .filter((tag) => tag.length > 1)
    .map((tag) => tag.slice(0, TAG_LENGTH))
    .join(', ');
}

/** Stores admin tags: lower case, trimmed, unique. */
export function storeAdminTags(value: string): string {
  return split(storeText(value)).join(',');
}
