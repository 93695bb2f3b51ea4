import { PassThrough } from 'node:stream';

/** The two streams of a terminal, with all that was printed. */
export interface TerminalStreams {
  readonly input: PassThrough;
  readonly output: PassThrough;
  /** Everything printed so far. */
  printed(): string;
  /** Resolves once this was printed. */
  shows(text: string): Promise<void>;
}

export function openStreams(): TerminalStreams {
  const input = new PassThrough();
  const output = new PassThrough();
  let text = '';
  let watchers: (() => void)[] = [];
  output.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const look of watchers) look();
  });
  return {
    input,
    output,
    printed: () => text,
    shows: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!text.includes(wanted)) return;
          watchers = watchers.filter((one) => one !== look);
          resolve();
        };
        watchers.push(look);
        look();
      }),
  };
}
