/** Reads tags as people type them, with commas of any script between. */
export const splitTags = (words: string): readonly string[] =>
  words
    .split(/[,，、]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** Kaltura keeps tags in lower case, each once, and none of a single character; that is no difference worth telling. */
export const tidyTags = (tags: readonly string[]): string =>
  [...new Set(tags.map((tag) => tag.toLowerCase()))].filter((tag) => tag.length > 1).join(', ');
