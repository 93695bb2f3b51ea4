const pictures = 0x2400;

/**
 * Makes text harmless to a terminal: control characters, and with them every escape sequence, become visible signs;
 * marks that turn the writing direction of what follows are dropped. Line breaks stay, a tab becomes two spaces.
 */
export function clean(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[\u2028\u2029]/g, '\n')
      .replace(/\t/g, '  ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be made visible
      .replace(/[\u0000-\u0009\u000b-\u001f]/g, (sign) => String.fromCharCode(pictures + sign.charCodeAt(0)))
      // DEL, and C1 controls, of which U+009B alone begins an escape sequence.
      .replace(/[\u007f-\u009f]/g, '\u2421')
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
  );
}

/** The same on one line. */
export const cleanLine = (text: string): string => clean(text).replace(/\s*\n\s*/g, ' ');

/** The same for code, which is copied and so keeps its tabs. */
export const cleanCode = (text: string): string => text.split('\t').map(clean).join('\t');

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colour codes that this adapter itself writes
const colourCodes = /\u001b\[\d+m/g;

/** How many columns a line takes; colour codes take none, East Asian characters and emoji two. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text.replace(colourCodes, ''))) {
    if (/^\p{M}+$|^[\u200B-\u200F\uFEFF]$/u.test(segment)) continue;
    columns += wide.test(segment) ? 2 : 1;
  }
  return columns;
}

/** Fills a line with spaces up to a number of columns. */
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** Breaks text between words so that no line is wider than width; a longer word, such as an address, stays whole. */
export function wrap(text: string, width: number, hanging = ''): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').filter((part) => part !== '')) {
      const start = lines.length === 0 ? '' : hanging;
      if (line === '') line = start + word;
      else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
      else {
        lines.push(line);
        line = hanging + word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Breaks text into pieces of at most width columns, between words where possible and inside them otherwise. */
export function breakHard(text: string, width: number): readonly string[] {
  return wrap(text, width).flatMap((line) => {
    if (widthOf(line) <= width) return [line];
    const pieces: string[] = [];
    let piece = '';
    for (const { segment } of graphemes.segment(line)) {
      if (piece !== '' && widthOf(piece) + widthOf(segment) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += segment;
    }
    return [...pieces, piece];
  });
}
