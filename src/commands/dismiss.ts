import { clip } from '../core/clip.js';
import { defineCommand, type Reply, type Settled } from '../core/command.js';
import type { QuestionId } from '../core/questions.js';
import { say } from '../core/view.js';
import { outcomeOf } from '../show/questions.js';
import { questionParam, readQuestionId, tellSettled } from './parts/question.js';

export const dismiss = defineCommand({
  name: 'dismiss',
  summary: 'Take a question of a viewer from the open ones without an answer; it can still be answered.',
  examples: ['dismiss 1_ab12cd34'],
  role: 'producer',
  params: { question: questionParam },
  settle(values): Settled<QuestionId> {
    const question = readQuestionId(values.question);
    if (typeof question !== 'string') return { kind: 'refused', issues: [question] };
    return { kind: 'settled', input: question };
  },
  async run(id, context): Promise<readonly Reply[]> {
    const came = await context.kaltura.questions.dismiss(id);
    switch (came.kind) {
      case 'settled before':
        await tellSettled(came.question, undefined, context);
        return [{ to: 'me', view: say('That question was settled already.', outcomeOf(came.question)) }];
      case 'settled': {
        const { name } = await context.profile();
        await tellSettled(came.question, name, context);
        const { webcast, text } = came.question;
        return [{ to: 'me', webcast, view: say(`Dismissed: ${clip(text, 100)}`, 'The asker is not told.') }];
      }
      default: {
        const never: never = came;
        return never;
      }
    }
  },
});
