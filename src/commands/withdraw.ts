import { defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { line } from '../core/params.js';
import type { QuestionId } from '../core/questions.js';
import { say } from '../core/view.js';
import { readQuestionId } from './parts/question.js';

export const withdraw = defineCommand({
  name: 'withdraw',
  summary: 'Take an announcement to viewers back.',
  examples: ['withdraw 1_ab12cd34'],
  role: 'producer',
  params: {
    announcement: line({ label: 'Announcement', hint: 'Its id, as its button knows it: 1_ab12cd34.', max: 60 }),
  },
  settle({ announcement }): Settled<QuestionId> {
    const id = readQuestionId(announcement);
    if (typeof id === 'string') return { kind: 'settled', input: id };
    return { kind: 'refused', issues: [{ ...id, field: 'announcement' }] };
  },
  async run(id, context): Promise<readonly Reply[]> {
    if (await context.kaltura.questions.withdraw(id))
      return [{ to: 'me', view: say('The announcement is taken back.', 'Players take it away from their viewers.') }];
    throw new BotError('not_found', `There is no announcement ${id}.`, 'Its button is below the answer that sent it.');
  },
});
