import type { View } from '../../core/view.js';

/** A word that only a playground understands; the rest of the line is a command of the product as ever. */
export interface PlaygroundWord {
  readonly name: string;
  /** What has to follow the name for the line to be the playground's; the same name with anything else is a command. */
  readonly subcommands: readonly string[];
  /** How it is written and what it does, in one line. */
  readonly help: string;
  /** Takes the words behind the name; raises BotError. */
  run(args: readonly string[]): Promise<View | string>;
}
