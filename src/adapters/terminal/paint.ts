/** How words are marked; without colours every mark leaves them as they are. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

const code = (open: number, close: number) => (text: string) =>
  text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

const coloured: Paint = {
  bold: code(1, 22),
  dim: code(2, 22),
  green: code(32, 39),
  yellow: code(33, 39),
  red: code(31, 39),
};

const same = (text: string) => text;
const plainly: Paint = { bold: same, dim: same, green: same, yellow: same, red: same };

/** Chooses between ANSI colours and none. */
export const paintWith = (colours: boolean): Paint => (colours ? coloured : plainly);
