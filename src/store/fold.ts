/** A name as it is searched: the same on both databases, whose own lower() know different alphabets. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** A LIKE pattern, with backslash as its escape, that finds the text anywhere and takes every sign literally. */
export function patternFor(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
