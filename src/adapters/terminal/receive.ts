import type { Dispatch } from '../../core/dispatch.js';
import { splitWords } from '../../core/parse.js';
import type { NewId, OpenedForm, Person, Platform } from '../../core/ports.js';
import type { Inbound, Prepared } from '../../core/request.js';
import { say } from '../../core/view.js';
import { askAgain, askForm, type Filled } from './form.js';
import { longestLine } from './limits.js';
import { askYesNo, type Question, questionOf, sayConfirm } from './question.js';
import { here, type Sender } from './send.js';
import { cleanLine } from './text.js';
import type { Tty } from './tty.js';
import type { PlaygroundWord } from './words.js';

export interface ReceiverParts {
  readonly tty: Tty;
  readonly sender: Sender;
  readonly dispatch: Dispatch;
  readonly platform: Platform;
  readonly person: Person;
  readonly newId: NewId;
  readonly words: readonly PlaygroundWord[];
}

/** Does what one typed line says, to its end with all questions it raises; "end" means the person wants to leave. */
export type Receive = (line: string) => Promise<'more' | 'end'>;

/** Makes the receiver of one terminal. */
export function createReceiver(parts: ReceiverParts): Receive {
  const { tty, sender, dispatch, platform, person, newId } = parts;
  let open: Extract<Question, { readonly kind: 'pick' }> | undefined;

  async function receive(typed: string): Promise<'more' | 'end'> {
    const line = typed.trim();
    if (line === '') return 'more';
    // Stories for replay carry remarks; they are printed, so that the output tells the story too.
    if (line.startsWith('#')) {
      tty.print(['', cleanLine(line)]);
      return 'more';
    }
    if (line.length > longestLine) {
      sender.whisper(say(`That line is longer than ${longestLine} characters.`, 'Type a shorter one.'));
      return 'more';
    }
    if (/^(?:\/webcast\s+)?(?:quit|exit)$/i.test(line)) return 'end';
    const command = choose(line);
    if (command !== undefined) await obey(command);
    return 'more';
  }

  /** The command that a line means: itself, or the chosen one when it is the number of a choice. */
  function choose(line: string): string | undefined {
    const pick = open;
    if (!pick || !/^\d+$/.test(line)) {
      open = undefined;
      return line;
    }
    const choice = pick.choices[Number(line) - 1];
    if (!choice) {
      tty.print([`There is no ${cleanLine(line)}; type a number from 1 to ${pick.choices.length}.`]);
      return undefined;
    }
    open = undefined;
    return pick.line.replace('{}', () => choice.value);
  }

  async function obey(line: string): Promise<void> {
    sender.takePrivate();
    await act(line);
    for (let question = nextQuestion(); question; question = nextQuestion()) {
      if (question.kind === 'pick') {
        open = question;
        return;
      }
      if ((await askYesNo(tty, sayConfirm(question.confirm))) !== 'yes') {
        tty.print(['Left as it is.']);
        return;
      }
      await act(question.line);
    }
  }

  function nextQuestion(): Question | undefined {
    const view = sender.takePrivate();
    return view && questionOf(view);
  }

  async function act(line: string): Promise<void> {
    const [name = '', ...rest] = splitWords(line.replace(/^\/webcast\b/i, ''));
    const word = parts.words.find((one) => one.name === name.toLowerCase());
    if (word?.takes(rest[0]?.toLowerCase() ?? '')) return play(word, rest);
    await proceed(dispatch.prepare(inbound({ kind: 'line', line })));
    if (name.toLowerCase() === 'help' && rest.length === 0 && parts.words.length > 0) {
      tty.print(['', 'In this playground also:', ...parts.words.map((one) => `  ${one.help}`)]);
    }
  }

  async function play(word: PlaygroundWord, args: string[]): Promise<void> {
    const told = await word.run(args);
    sender.whisper(typeof told === 'string' ? { summary: told, nodes: [{ kind: 'text', text: told }] } : told);
  }

  async function proceed(prepared: Prepared): Promise<void> {
    switch (prepared.kind) {
      case 'answer':
        return sender.whisper(prepared.view);
      case 'run':
        return dispatch.run(prepared.job, platform);
      case 'form':
        return fill(prepared.opened);
      case 'issues':
        return sender.whisper(
          say('That cannot be done as written.', prepared.issues.map((issue) => issue.message).join(' ')),
        );
      default: {
        const never: never = prepared;
        return never;
      }
    }
  }

  async function fill(opened: OpenedForm): Promise<void> {
    const form = opened.complete ? await opened.complete(platform.name) : opened.form;
    let filled: Filled = await askForm(tty, form);
    while (filled.kind === 'filled') {
      const values = { ...filled.values, ...form.carried };
      const prepared = dispatch.prepare(inbound({ kind: 'form', command: form.command, key: form.key, values }));
      const known = form.groups.flatMap((group) => group.fields.map((field) => field.name));
      const curable = prepared.kind === 'issues' && prepared.issues.some((issue) => known.includes(issue.field));
      if (prepared.kind !== 'issues' || !curable) return proceed(prepared);
      filled = await askAgain(tty, form, values, prepared.issues);
    }
    const reason = filled.why === 'cancelled' ? 'Cancelled' : 'The input ended before all was answered';
    tty.print([`${reason}: ${cleanLine(form.command)} was not done.`]);
  }

  function inbound(said: Inbound['said']): Inbound {
    return { place: here, person, deliveryId: newId(), wayBack: undefined, said };
  }

  return receive;
}
