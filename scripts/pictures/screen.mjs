// A terminal's screen without a terminal: understands the colours and cursor moves that the program and readline write.

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const sequence = /\u001b\[([0-9;]*)([A-Za-z])/y;
const styles = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow' };
const ends = { 0: Object.values(styles), 22: ['bold', 'dim'], 39: ['red', 'green', 'yellow'] };

/** A screen of endless height and width; until waits for words written since mark. */
export function createScreen() {
  const cells = [[]];
  let row = 0;
  let column = 0;
  let style = new Set();
  let from = 0;
  const waiting = new Set();

  function write(text) {
    for (let at = 0; at < text.length; ) {
      sequence.lastIndex = at;
      const found = sequence.exec(text);
      if (found) {
        obey(found[2], found[1]);
        at += found[0].length;
        continue;
      }
      const sign = String.fromCodePoint(text.codePointAt(at));
      put(sign);
      at += sign.length;
    }
    for (const look of waiting) look();
  }

  function put(sign) {
    if (sign === '\r') column = 0;
    else if (sign === '\n') {
      row += 1;
      column = 0;
    } else {
      cells[row] ??= [];
      cells[row][column] = { sign, style: [...style].sort().join(' ') };
      column += 1;
    }
    cells[row] ??= [];
  }

  function obey(letter, argument) {
    const count = Number(argument || (letter === 'J' || letter === 'K' || letter === 'm' ? 0 : 1));
    if (letter === 'm') paint(argument);
    else if (letter === 'G') column = count - 1;
    else if (letter === 'A') row = Math.max(0, row - count);
    else if (letter === 'B') row += count;
    else if (letter === 'C') column += count;
    else if (letter === 'D') column = Math.max(0, column - count);
    else if (letter === 'K') cells[row] = count === 2 ? [] : cells[row].slice(0, column);
    else if (letter === 'J') {
      cells[row] = cells[row].slice(0, column);
      cells.length = row + 1;
    } else throw new Error(`The screen does not know the sequence ${argument}${letter}.`);
  }

  function paint(argument) {
    for (const code of (argument || '0').split(';')) {
      if (styles[code]) style = new Set([...style, styles[code]]);
      else if (ends[code]) style = new Set([...style].filter((one) => !ends[code].includes(one)));
      else throw new Error(`The screen does not know the colour ${code}.`);
    }
  }

  const words = () => cells.map((line) => Array.from(line, (cell) => cell?.sign ?? ' ').join(''));

  return {
    write,
    /** From now on until looks at what comes below. */
    mark() {
      from = row;
    },
    until(pattern) {
      return new Promise((resolve, reject) => {
        const since = from;
        const seen = () => pattern.test(words().slice(since).join('\n'));
        if (seen()) return resolve();
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`The screen never showed ${pattern}; it shows:\n${words().join('\n')}`));
        }, 20_000);
        const look = () => {
          if (!seen()) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    rows: () =>
      cells.map((line) => {
        const runs = [];
        for (const cell of Array.from(line, (one) => one ?? { sign: ' ', style: '' })) {
          const last = runs.at(-1);
          if (last && last.style === cell.style) last.text += cell.sign;
          else runs.push({ text: cell.sign, style: cell.style });
        }
        return runs;
      }),
  };
}
