import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../../src/core/errors.js';
import { KalturaError, redact } from '../../../src/kaltura/client/error.js';
import { toBotError } from '../../../src/kaltura/errors.js';

const said = (code: string, args: Record<string, string> = {}, httpStatus?: number) =>
  toBotError(new KalturaError({ code, message: code, args, httpStatus }));

describe('what Kaltura says, in words', () => {
  it.each<[string, ErrorCode]>([
    ['INVALID_KS', 'misconfigured'],
    ['MISSING_KS', 'misconfigured'],
    ['START_SESSION_ERROR', 'misconfigured'],
    ['UNKNOWN_ROLE_ID', 'misconfigured'],
    ['INVALID_OBJECT_ID', 'misconfigured'],
    ['SERVICE_FORBIDDEN', 'forbidden'],
    ['SERVICE_FORBIDDEN_FULLY_BLOCKED', 'misconfigured'],
    ['FEATURE_FORBIDDEN', 'forbidden'],
    ['ENTRY_ID_NOT_FOUND', 'not_found'],
    ['INVALID_ENTRY_ID', 'not_found'],
    ['FLAVOR_ASSET_IS_NOT_READY', 'refused'],
    ['RECORDING_DISABLED', 'refused'],
    ['CANNOT_UPDATE_FIELDS_WHILE_ENTRY_BROADCASTING', 'refused'],
    ['CANNOT_UPDATE_FIELDS_RECORDED_ENTRY_STILL_NOT_READY', 'refused'],
    ['LIVE_STREAM_EXCEEDED_MAX_PASSTHRU', 'refused'],
    ['LIVE_STREAM_EXCEEDED_MAX_TRANSCODED', 'refused'],
    ['LIVE_STREAM_EXCEEDED_MAX_RTC_STREAMS', 'refused'],
    ['LIVE_STREAM_EXCEEDED_MAX_CONCURRENT_BY_ADMIN_TAG', 'refused'],
    ['LIVE_STREAM_INVALID_TOKEN', 'refused'],
    ['LIVE_STREAM_ALREADY_BROADCASTING', 'refused'],
    ['LIVE_STREAM_EXCEEDED_MAX_RECORDED_DURATION', 'refused'],
    ['DYNAMIC_SEGMENT_DURATION_DISABLED', 'forbidden'],
    ['CONVERSION_PROFILE_ID_NOT_FOUND', 'invalid'],
    ['ENTRY_SOURCE_TYPE_NOT_SUPPORTED', 'bug'],
    ['PROPERTY_VALIDATION_CANNOT_BE_NULL', 'invalid'],
    ['PROPERTY_VALIDATION_NOT_UPDATABLE', 'invalid'],
    ['MAX_CATEGORIES_FOR_ENTRY_REACHED', 'refused'],
    ['CATEGORY_NOT_FOUND', 'not_found'],
    ['CANNOT_ASSIGN_ENTRY_TO_CATEGORY', 'forbidden'],
    ['CATEGORIES_LOCKED', 'busy'],
    ['ENTRY_CATEGORY_FIELD_IS_DEPRECATED', 'bug'],
    ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED', 'invalid'],
    ['SEARCH_ENGINE_SYNTAX_ERROR', 'invalid'],
    ['PROPERTY_VALIDATION_MIN_VALUE', 'invalid'],
    ['PROPERTY_VALIDATION_ADMIN_PROPERTY', 'forbidden'],
    ['ACTION_BLOCKED', 'busy'],
    ['RATE_LIMITED', 'busy'],
    ['INTERNAL_SERVERL_ERROR', 'unavailable'],
    ['LOCK_TIMED_OUT', 'unavailable'],
    ['TIMED_OUT', 'unavailable'],
    ['NOT_JSON', 'unavailable'],
    ['MISSING_MANDATORY_PARAMETER', 'bug'],
    ['SERVICE_DOES_NOT_EXISTS', 'bug'],
    ['WHATEVER_COMES_NEXT', 'refused'],
  ])('%s is %s, with a sentence and what to do', (code, botCode) => {
    const error = said(code);
    expect(error.code).toBe(botCode);
    expect(error.message).toMatch(/^\p{Lu}.+\.$/u);
    expect(error.hint).toMatch(/^\p{Lu}.+\.$/u);
    expect(error.cause).toMatchObject({ code });
  });

  it('names what Kaltura names', () => {
    expect(said('ENTRY_ID_NOT_FOUND', { ENTRY_ID: '1_gone0000' }).message).toContain('1_gone0000');
    expect(
      said('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'KalturaLiveStreamEntry::name', MAX: '256' }).message,
    ).toBe('Kaltura does not accept the value of name (max length 256).');
    expect(said('FEATURE_FORBIDDEN', { FEATURE: 'FEATURE_X' }).message).toContain('FEATURE_X');
    expect(said('CANNOT_UPDATE_FIELDS_WHILE_ENTRY_BROADCASTING', { FIELD: 'dvrStatus' }).message).toContain('DVR');
    expect(said('SERVICE_FORBIDDEN', { SERVICE: 'liveStream->update' }).hint).toContain('LIVE_STREAM_UPDATE');
    expect(said('SERVICE_FORBIDDEN', { SERVICE: 'report->getTotal' }).hint).toContain('report->getTotal');
  });

  it('says which limit of streams is reached, and what does not count towards it', () => {
    expect(said('LIVE_STREAM_EXCEEDED_MAX_PASSTHRU').message).toContain('as many passthrough streams');
    expect(said('LIVE_STREAM_EXCEEDED_MAX_TRANSCODED').hint).toContain('choose a passthrough profile');
    const tagged = said('LIVE_STREAM_EXCEEDED_MAX_CONCURRENT_BY_ADMIN_TAG', { ALLOWED: '3', ADMIN_TAG: 'gold' });
    expect(tagged.message).toBe('The account allows 3 streams at the same time with the tag gold.');
  });

  it('tells a server that is out of order from an address that is wrong', () => {
    expect(said('HTTP_ERROR', {}, 503)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('503') });
    expect(said('HTTP_ERROR', {}, 301)).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('301'),
    });
  });
});

describe('redaction', () => {
  it('takes out sessions of version 2 wherever they stand, and whatever secret it is told', () => {
    const text = redact('a djJ8MTAxfA-_x== b old-session c', ['old-session', '']);
    expect(text).toBe('a [secret] b [secret] c');
  });
});
