import { argument, type Call, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { type Fields, isFields, members, text } from '../values.js';

const TYPES = ['SINGLE_ANONYMOUS', 'SINGLE_RESTRICT', 'MULTI_ANONYMOUS', 'MULTI_RESTRICT'];

function votesOf({ account }: Call, pollId: string): Fields {
  const table = account.store.table('polls');
  const known = table.get(pollId);
  if (known) return known;
  const poll: Fields = { id: pollId, votes: {} };
  table.set(pollId, poll);
  return poll;
}

/** A poll is nothing but its id; votes are kept by user, the last one counts. */
export const poll: Service = {
  add: (args, { account, now }) => {
    const type = text(args, 'pollType') ?? 'SINGLE_ANONYMOUS';
    if (!TYPES.includes(type)) throw new ApiError('Poll type provided is invalid');
    return `${type}-${account.options.random.bytes(32).toString('hex')}-${now}`;
  },
  vote: (args, call) => {
    const row = votesOf(call, argument(args, 'pollId'));
    const votes = isFields(row.votes) ? row.votes : {};
    row.votes = { ...votes, [argument(args, 'userId')]: argument(args, 'answerIds') };
    return 'Successfully voted';
  },
  getVote: (args, call) => {
    const { votes } = votesOf(call, argument(args, 'pollId'));
    return isFields(votes) ? (text(votes, argument(args, 'userId')) ?? '') : '';
  },
  getVotes: (args, call) => {
    const { votes } = votesOf(call, argument(args, 'pollId'));
    const cast = isFields(votes) ? Object.values(votes).map((answers) => members(String(answers))) : [];
    const merged = members(argument(args, 'answerIds')).map((id) => [
      id,
      cast.filter((answers) => answers.includes(id)).length,
    ]);
    return JSON.stringify({ numVoters: cast.length, answerCounters: Object.fromEntries(merged) });
  },
  resetVotes: (args, call) => {
    votesOf(call, argument(args, 'pollId')).votes = {};
  },
};
