import type { Log } from '../../core/ports.js';
import { say, type View } from '../../core/view.js';
import type { Activity, Turn } from './activity.js';
import type { RememberedReferences } from './references.js';
import type { Send } from './send.js';

/** Follows the bot into and out of conversations. */
export interface Installs {
  receive(activity: Activity, turn: Turn): void;
}

export interface InstallParts {
  readonly appId: string;
  readonly references: RememberedReferences;
  readonly send: Send;
  readonly log: Log;
}

/** Teams tells of one installation by two events, in either order and more than once. */
export function createInstalls({ appId, references, send, log }: InstallParts): Installs {
  async function arrive(turn: Turn): Promise<void> {
    await references.remember(turn);
    if (!(await references.claimWelcome(turn.place.tenant, turn.place.channel))) return;
    await send.postAt(turn, welcome);
  }

  const leave = ({ place }: Turn): Promise<void> => references.close(place.tenant, place.channel, 'removed');

  function work(activity: Activity, turn: Turn): Promise<void> | undefined {
    const isBot = ({ id }: { id: string }) => id === turn.bot || id === `28:${appId}`;
    if (activity.type === 'installationUpdate') {
      if (activity.action?.startsWith('add')) return arrive(turn);
      return activity.action?.startsWith('remove') ? leave(turn) : undefined;
    }
    if (activity.membersAdded?.some(isBot)) return arrive(turn);
    if (activity.membersRemoved?.some(isBot)) return leave(turn);
    switch (activity.channelData?.eventType) {
      case 'channelDeleted':
      case 'teamDeleted':
      case 'teamHardDeleted':
        return leave(turn);
      case 'teamArchived':
        return references.close(turn.place.tenant, turn.place.channel, 'blocked');
      default:
        return undefined;
    }
  }

  return {
    receive(activity, turn) {
      work(activity, turn)?.catch((error: unknown) => {
        log.warn({ err: error, conversation: turn.place.channel }, 'An installation could not be followed');
      });
    },
  };
}

const welcome: View = {
  ...say(
    'Webcast is here',
    'Plan Kaltura webcasts, go live, see how they do and get their recordings, without leaving Teams.',
  ),
  nodes: [
    { kind: 'title', text: 'Webcast is here' },
    {
      kind: 'text',
      text: 'Plan Kaltura webcasts, go live, see how they do and get their recordings, without leaving Teams.',
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Plan a webcast', line: 'create', style: 'primary' },
        { label: 'What there is', line: 'help' },
      ],
    },
  ],
};
