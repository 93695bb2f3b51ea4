import type { Context } from '../../core/command.js';
import type { FieldIssue } from '../../core/errors.js';
import { line, type Param } from '../../core/params.js';
import { type Question, type QuestionId, questionIdSchema, type Speaker } from '../../core/questions.js';
import type { Text } from '../../core/view.js';

/** The parameter that names a question; buttons fill it in. */
export const questionParam: Param<string> = line({
  label: 'Question',
  hint: 'Its id, as its button knows it: 1_ab12cd34.',
  max: 60,
});

/** Reads a question's id, or says what is wrong with it. */
export function readQuestionId(typed: string): QuestionId | FieldIssue {
  const read = questionIdSchema.safeParse(typed.trim().toLowerCase());
  if (read.success) return read.data;
  return { field: 'question', message: `"${typed.slice(0, 60)}" is no id such as 1_ab12cd34.` };
}

/** Who speaks to viewers: the person's Kaltura user where they can be one, and the name by which channels know them. */
export async function speakerOf(context: Context): Promise<{ readonly user: Speaker; readonly name: string }> {
  const { name, email } = await context.profile();
  return { user: email?.toLowerCase(), name };
}

/** Says that the bot is named as the author, and what would name the person. */
export const spokenByBot = (user: Speaker): Text =>
  user === undefined
    ? 'Kaltura names the bot as the author, because I cannot see your e-mail address.'
    : 'Kaltura names the bot as the author. Whoever runs it sets KALTURA_ADMIN_SECRET to have people named.';

/** Remembers what became of a question, so that all channels see it; a name in place of the Kaltura user where it was done here. */
export async function tellSettled(question: Question, name: string | undefined, context: Context): Promise<void> {
  const { id, state } = question;
  const now = context.clock.now();
  const given = question.answer ?? (name === undefined ? undefined : { text: '', by: name, at: now, toAll: false });
  const answer = given && name !== undefined ? { ...given, by: name } : given;
  await context.store.settleQuestion({ id, state, answer }, now);
}
