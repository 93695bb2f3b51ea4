import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Form } from '../../core/form.js';
import type { Log, NewId, Platform } from '../../core/ports.js';
import type { Inbound, Job } from '../../core/request.js';
import { type PrivateView, plain, say, type View } from '../../core/view.js';
import type { Turn } from './activity.js';
import type { People } from './people.js';
import type { Send } from './send.js';

type Said = Inbound['said'];

/** What a turn says, as the product's core takes it. */
export const inbound = (turn: Turn, said: Said): Inbound => ({
  place: turn.place,
  person: turn.person,
  deliveryId: turn.deliveryId,
  wayBack: undefined,
  said,
});

/** A pressed button, and what the press led to so far. */
export interface Press {
  /** The pressed card is the person's own, so that the answer takes its place. */
  readonly own: boolean;
  /** What stands in the pressed message now, when that has changed. */
  replaced: PrivateView | undefined;
  /** What the person was told last. */
  told: PrivateView | undefined;
}

/** Does what turns say; nothing here rejects, whatever happens is told to the person. */
export interface Proceed {
  /** Does what was said, and resolves when it is done. */
  hear(turn: Turn, said: Said, press?: Press): Promise<void>;
  /** Runs a job that was prepared already. */
  run(turn: Turn, job: Job): Promise<void>;
  tell(turn: Turn, view: View): Promise<void>;
  /** Says an error in words for a person; what is ours gets a reference that is also in the log. */
  explain(error: unknown): string;
}

export interface ProceedParts {
  readonly dispatch: Dispatch;
  readonly platform: Platform;
  readonly send: Send;
  readonly people: People;
  readonly newId: NewId;
  readonly log: Log;
}

export function createProceed({ dispatch, platform, send, people, newId, log }: ProceedParts): Proceed {
  async function hear(turn: Turn, said: Said, at: Platform): Promise<void> {
    const tell = (view: View) => at.whisper({ ...turn, wayBack: undefined }, view);
    const prepared = dispatch.prepare(inbound(turn, said));
    switch (prepared.kind) {
      case 'answer':
        return tell(prepared.view);
      case 'form':
        return tell(opener(prepared.opened.form, said));
      case 'issues':
        return tell(say('That cannot be done as written.', ...prepared.issues.map(({ message }) => message)));
      case 'run':
        return run(turn, prepared.job, at);
      default: {
        const never: never = prepared;
        throw never;
      }
    }
  }

  async function run(turn: Turn, job: Job, at: Platform): Promise<void> {
    await dispatch.run(await vouched(turn, job), at);
  }

  /** Whoever wants to change something is looked up: guests may only look. */
  async function vouched(turn: Turn, job: Job): Promise<Job> {
    if (job.command.role === 'viewer') return job;
    return { ...job, inbound: { ...job.inbound, person: await people.vouch(turn, job.inbound.person) } };
  }

  /** The platform as it is for one turn: answers stay in its thread, and private ones reach its person. */
  function platformAt(turn: Turn, press?: Press): Platform {
    const replaceable = press?.own ? turn.pressed : undefined;
    return {
      ...platform,
      post: (place, view) =>
        place.channel === turn.place.channel ? send.postAt(turn, view) : platform.post(place, view),
      async update(ref, view) {
        await platform.update(ref, view);
        if (press && ref.message.split(';')[0] === turn.pressed) press.replaced = view;
      },
      async whisper(_whom, view) {
        if (press) press.told = view;
        const replaces = press && replaceable !== undefined && press.replaced === undefined;
        if (replaces && (await send.replaceAt(turn, replaceable, view))) press.replaced = view;
        else await send.whisperAt(turn, view);
      },
    };
  }

  async function guarded(turn: Turn, at: Platform, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      try {
        await at.whisper({ ...turn, wayBack: undefined }, sayWhy(error));
      } catch (second) {
        log.error({ err: second, conversation: turn.place.channel }, 'An error could not be told to the person');
      }
    }
  }

  function sayWhy(error: unknown): View {
    if (error instanceof BotError && error.code !== 'bug') {
      log.info({ err: error }, 'A request of Teams was answered with an error');
      return say(error.message, error.hint);
    }
    const reference = newId().slice(0, 8);
    log.error({ err: error, reference }, 'A request of Teams failed for a reason that is ours');
    return say('Something went wrong on our side.', `Tell whoever runs the bot this reference: ${reference}.`);
  }

  return {
    hear(turn, said, press) {
      const at = platformAt(turn, press);
      return guarded(turn, at, () => hear(turn, said, at));
    },
    run(turn, job) {
      const at = platformAt(turn);
      return guarded(turn, at, () => run(turn, job, at));
    },
    explain: (error) => wordsOf(sayWhy(error)),
    tell: (turn, view) => guarded(turn, platformAt(turn), () => send.whisperAt(turn, view)),
  };
}

/** A message cannot open a dialog, so that a typed line that needs its form is answered with the button that opens it. */
function opener(form: Form, said: Said): View {
  const line = said.kind === 'line' ? said.line : form.command;
  const view = say(form.title, 'What is still missing is asked in a form.');
  const open = { label: 'Open the form', line, style: 'primary' } as const;
  return { ...view, nodes: [...view.nodes, { kind: 'buttons', buttons: [open] }] };
}

/** The sentences of a view, for answers that take words only. */
export const wordsOf = (view: PrivateView): string =>
  view.nodes
    .flatMap((node) => {
      if (node.kind === 'title') return [node.text];
      if (node.kind === 'text') return [plain(node.text)];
      return node.kind === 'list' ? node.items.map((item) => `• ${plain(item)}`) : [];
    })
    .join('\n');
