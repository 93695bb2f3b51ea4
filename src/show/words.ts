import type { Audience, Feed, Phase, RecordingMode, Webcast, WebcastNote } from '../core/webcast.js';

/** A phase as people say it. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  scheduled: 'Scheduled',
  connecting: 'Encoder is connecting',
  preview: 'Preview: the crew sees it, viewers wait',
  live: 'Live',
  interrupted: 'Interrupted: no picture arrives',
  ended: 'Ended',
  recording: 'Ended: the recording is being made',
  recorded: 'Ended: the recording is ready',
};

const stillSends = 'It was ended, but the encoder still sends: stop it there.';

/** What a person does next in a phase. */
export function nextStep(phase: Phase, webcast: Webcast, note: WebcastNote | undefined): string {
  switch (phase) {
    case 'scheduled':
      return webcast.preview
        ? 'Start the encoder; the picture stays with the crew until somebody goes live.'
        : 'Start the encoder; viewers see it at once, because preview is off.';
    case 'connecting':
      return 'Wait a few seconds until Kaltura has packed the first picture.';
    case 'preview':
      return note?.endedAt === undefined ? 'Go live when the show begins.' : stillSends;
    case 'live':
      return webcast.preview ? 'End it when the show is over.' : 'Stop the encoder when the show is over.';
    case 'interrupted':
      return webcast.preview
        ? 'Start the encoder again. Kaltura has put the webcast back to preview, so go live again then. Or end it.'
        : 'Start the encoder again, or end it.';
    case 'ended':
      if (webcast.feed === 'picture') return stillSends;
      return webcast.recording === 'off' ? 'Nothing: it was not recorded.' : 'Ask for the recording.';
    case 'recording':
      return webcast.feed === 'picture' ? stillSends : 'Wait for the recording: it is told here when it is ready.';
    case 'recorded':
      return 'Watch the recording, or put it on a page.';
    default: {
      const never: never = phase;
      return never;
    }
  }
}

/** A feed as people say it. */
export const feedWords: Readonly<Record<Feed, string>> = {
  none: 'nothing arrives',
  connecting: 'connecting',
  picture: 'picture arrives',
  error: 'error',
};

/** What viewers get, as people say it of them. */
export const audienceWords: Readonly<Record<Audience, string>> = {
  nothing: 'get nothing',
  preview: 'wait; only the crew sees the picture',
  live: 'get the picture',
};

/** A recording mode as people say it. */
export const recordingWords: Readonly<Record<RecordingMode, string>> = {
  'per-session': 'one per session',
  append: 'one for all sessions',
  off: 'off',
};

/** What the recorder does right now. */
export function recorderWords(webcast: Webcast): string {
  switch (webcast.recordingNow) {
    case 'running':
      return webcast.feed === 'picture' ? 'running' : 'starts with the picture';
    case 'paused':
      return 'paused';
    case 'stopped':
      return webcast.recording === 'off' ? 'off' : 'starts with go live';
    case 'off':
      return 'off';
    default: {
      const never: never = webcast.recordingNow;
      return never;
    }
  }
}

/** DVR as people say it. */
export const dvrWords = (webcast: Pick<Webcast, 'dvr' | 'dvrWindow'>): string =>
  webcast.dvr ? `on, viewers can go back ${webcast.dvrWindow ?? 'some'} minutes` : 'off';

/** What those who watch may expect in a phase; empty where there is nothing to say. */
export function outlook(phase: Phase, webcast: Webcast): string {
  switch (phase) {
    case 'scheduled':
    case 'connecting':
    case 'preview':
      return 'It is told here when it is live.';
    case 'live':
      return '';
    case 'interrupted':
      return 'The picture is gone for a moment; it will be back.';
    case 'ended':
      return 'Thank you for watching.';
    case 'recording':
      return 'Thank you for watching. The recording follows here.';
    case 'recorded':
      return webcast.recording === 'off' ? '' : 'The recording is ready to watch.';
    default: {
      const never: never = phase;
      return never;
    }
  }
}

/** Both paths of an encoder in a few words. */
export function pathWords(main: Feed, backup: Feed): string {
  if (main === 'picture') return backup === 'picture' ? 'main and backup arrive' : 'picture arrives';
  return backup === 'picture' ? 'only the backup arrives' : feedWords.picture;
}
