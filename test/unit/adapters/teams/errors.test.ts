import { describe, expect, it } from '@jest/globals';
import { ConnectorError, closedBy, isPassing, readCode, translate } from '../../../../src/adapters/teams/errors.js';

const refused = (status: number, code = '', retryAfter?: number) =>
  new ConnectorError({ kind: 'refused', status, code, retryAfter });
const silent = (sent: boolean) => new ConnectorError({ kind: 'silent', sent });

describe('what Teams answers', () => {
  it.each([
    [400, 'BadSyntax', 'bug', 'bug', undefined],
    [401, 'BotNotRegistered', 'misconfigured', 'misconfigured', undefined],
    [403, 'BotNotInConversationRoster', 'cannot_post', 'cannot_post', 'removed'],
    [403, 'ConversationBlockedByUser', 'cannot_post', 'cannot_post', 'blocked'],
    [403, 'MessageWritesBlocked', 'cannot_post', 'cannot_post', 'blocked'],
    [403, 'BotDisabledByAdmin', 'cannot_post', 'cannot_post', 'blocked'],
    [403, 'ForbiddenOperationException', 'cannot_post', 'cannot_post', undefined],
    [404, 'ConversationNotFound', 'cannot_post', 'cannot_post', 'removed'],
    [404, 'ActivityNotFoundInConversation', 'not_found', 'not_found', undefined],
    [412, 'PreconditionFailed', 'busy', 'busy', undefined],
    [413, 'MessageSizeTooBig', 'bug', 'bug', undefined],
    [429, 'Throttled', 'busy', 'busy', undefined],
    [500, 'ServiceError', 'outcome_unknown', 'unavailable', undefined],
    [502, '', 'outcome_unknown', 'unavailable', undefined],
    [0, 'HostNotAllowed', 'bug', 'bug', undefined],
  ])('%i %s to a post is %s, to an edit %s', (status, code, posted, edited, closed) => {
    expect(translate(refused(status, code), false)).toMatchObject({ code: posted });
    expect(translate(refused(status, code), true)).toMatchObject({ code: edited });
    expect(closedBy(refused(status, code))).toBe(closed);
  });

  it('is unclear when nothing came back from a post that was sent, and only then', () => {
    expect(translate(silent(true), false)).toMatchObject({ code: 'outcome_unknown' });
    expect(translate(silent(false), false)).toMatchObject({ code: 'unavailable' });
    expect(translate(silent(true), true)).toMatchObject({ code: 'unavailable' });
  });

  it('passes when it is a conflict, an error of theirs or silence', () => {
    expect([refused(412), refused(503), silent(true)].map(isPassing)).toEqual([true, true, true]);
    expect([refused(400), refused(403), refused(404), refused(429)].map(isPassing)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('leaves errors of others as they are', () => {
    const other = new TypeError('other');
    expect(translate(other, true)).toBe(other);
    expect(closedBy(other)).toBeUndefined();
  });

  it.each([
    ['{"error":{"code":"Throttled","message":"x"}}', 'Throttled'],
    ['{"errorCode":209,"message":"{\\r\\n  \\"subCode\\": \\"MessageWritesBlocked\\"}"}', 'MessageWritesBlocked'],
    ['{"errorCode":209,"message":"words"}', ''],
    ['<html>Bad gateway</html>', ''],
    ['', ''],
  ])('has in %s the code %j', (body, code) => {
    expect(readCode(body)).toBe(code);
  });
});
