import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import type { IngestPath } from '../../../src/core/webcast.js';
import { pasteNodes } from '../../../src/show/encoder.js';

const none: IngestPath = { rtmps: undefined, rtmp: undefined, srt: undefined, srtStreamId: undefined, rtsp: undefined };

const linesOf = (main: Partial<IngestPath>, streamName = '%i') =>
  pasteNodes({ streamName, main: { ...none, ...main }, backup: none }).flatMap((node) =>
    node.kind === 'secret' ? [node.value.reveal()] : [],
  );

describe('lines to paste', () => {
  it('keep an address one word of the shell, whatever is in it', () => {
    const [, line] = linesOf({ rtmps: new Secret("rtmps://a/b?t=1&x='; rm -rf ~; '") });
    expect(line?.endsWith(`'rtmps://a/b?t=1&x='\\''; rm -rf ~; '\\''/1'`)).toBe(true);
  });

  it('write the SRT stream id so that it survives an address', () => {
    const [line] = linesOf({ srt: new Secret('srt://host:7045'), srtStreamId: new Secret('#:::e=1_ab,st=0,p=12') });
    expect(line).toContain("-f mpegts 'srt://host:7045?mode=caller&streamid=%23%3A%3A%3Ae%3D1_ab%2Cst%3D0%2Cp%3D12'");
  });

  it('put the number of the rendition into the stream name', () => {
    expect(linesOf({ rtmp: new Secret('rtmp://a/b') }, '1_ab_%i')[0]).toContain('Stream key: 1_ab_1');
  });

  it('are left out where Kaltura gives no address', () => {
    expect(linesOf({})).toEqual([]);
  });
});
