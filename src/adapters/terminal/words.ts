import type { View } from '../../core/view.js';

/** A word that only a playground understands; the rest of the line is a command of the product as ever. */
export interface PlaygroundWord {
  readonly name: string;
  /** Whether what follows the name makes the line the playground's; with anything else it is a command. */
  takes(next: string): boolean;
  /** How it is written and what it does, in one line. */
  readonly help: string;
  /** Takes the words behind the name; raises BotError. */
  run(args: readonly string[]): Promise<View | string>;
}
