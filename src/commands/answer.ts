import { clip } from '../core/clip.js';
import { defineCommand, type Reply, type Settled } from '../core/command.js';
import { requiredParagraph, toggle } from '../core/params.js';
import { longest, type Question, type QuestionId, questionIdSchema } from '../core/questions.js';
import { say, type View } from '../core/view.js';
import { askerOf, outcomeOf } from '../show/questions.js';
import { questionParam, readQuestionId, speakerOf, spokenByBot, tellSettled } from './parts/question.js';

interface Input {
  readonly question: QuestionId;
  readonly text: string;
  readonly public: boolean;
}

export const answer = defineCommand({
  name: 'answer',
  summary: 'Answer a question of a viewer: to the asker alone, or to all viewers.',
  examples: ['answer 1_ab12cd34', 'answer 1_ab12cd34 "The slides follow tomorrow." --public'],
  role: 'producer',
  params: {
    question: questionParam,
    text: requiredParagraph({
      label: 'Answer',
      hint: 'What the asker reads; with To all on, every viewer.',
      loose: 'behind the first',
      max: longest.answer,
    }),
    public: toggle({ label: 'To all', hint: 'All viewers read it, not the asker alone.', default: false }),
  },
  form: {
    title: 'Answer a question',
    submit: 'Answer',
    async prefill(values, { kaltura, store }) {
      const id = questionIdSchema.safeParse(values.question);
      if (!id.success) return { values };
      const known = (await store.question(id.data)) ?? (await kaltura.questions.find(id.data));
      if (!known) return { values, note: 'There is no such question any more.' };
      const settled = known.state === 'open' ? '' : ' It is settled already.';
      return { values, note: `${askerOf(known)} asked: ${clip(known.text, 1500)}${settled}` };
    },
  },
  settle(values): Settled<Input> {
    const question = readQuestionId(values.question);
    if (typeof question !== 'string') return { kind: 'refused', issues: [question] };
    return { kind: 'settled', input: { ...values, question } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const { user, name } = await speakerOf(context);
    const { questions } = context.kaltura;
    const came = await questions.answer(input.question, input.text, input.public, user);
    switch (came.kind) {
      case 'settled before':
        await tellSettled(came.question, undefined, context);
        return [{ to: 'me', view: tooLate(came.question) }];
      case 'settled': {
        await tellSettled(came.question, name, context);
        const reader = input.public ? 'All viewers' : askerOf(came.question);
        const said = say(
          `Answered: ${clip(came.question.text, 100)}`,
          `${reader} can read it now.`,
          ...(came.as === 'bot' ? [spokenByBot(user)] : []),
        );
        return [{ to: 'me', webcast: came.question.webcast, view: said }];
      }
      default: {
        const never: never = came;
        return never;
      }
    }
  },
});

const tooLate = (question: Question): View =>
  say('That question was answered already.', outcomeOf(question), 'Your answer was not sent.');
