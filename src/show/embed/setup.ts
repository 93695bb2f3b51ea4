import type { PlayerPlugin } from '../../core/webcast.js';
import type { Embedding } from './look.js';

/** What each plugin is set up with; its own defaults are left out. Q&A stands on two others. */
const configs: Readonly<Record<PlayerPlugin, Readonly<Record<string, object>>>> = {
  live: { 'kaltura-live': { checkLiveWithKs: false, isLiveInterval: 10 } },
  qna: {
    uiManagers: {},
    kalturaCuepoints: {},
    qna: { expandMode: 'alongside', expandOnFirstPlay: true, userRole: 'anonymousRole' },
  },
};

/** What a player is told beyond who it is; empty when nothing was asked for. */
export function configOf({ muted, plugins }: Pick<Embedding, 'muted' | 'plugins'>): Readonly<Record<string, object>> {
  const set = Object.assign({}, ...plugins.map((plugin) => configs[plugin])) as Readonly<Record<string, object>>;
  return {
    ...(muted ? { playback: { muted: true } } : {}),
    ...(plugins.length === 0 ? {} : { plugins: set }),
  };
}

/** A plain object as JavaScript on one line: bare names, single quotes. */
function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : String(value);
  const parts = Object.entries(value).map(([name, part]) => `${quoteName(name)}: ${literal(part)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

const quoteName = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);

/** The argument of KalturaPlayer.setup, indented by so many spaces; provider and target are code, not text. */
export function setupOf(embedding: Embedding, target: string, indent: number, session?: string): string {
  const { at, player } = embedding;
  const { playback, plugins } = configOf(embedding);
  const ks = session === undefined ? '' : `, ks: ${session}`;
  const lines = [
    `targetId: ${target},`,
    `provider: { partnerId: ${at.partnerId}, uiConfId: ${player}${ks} },`,
    ...(playback === undefined ? [] : [`playback: ${literal(playback)},`]),
    ...(plugins === undefined ? [] : ['plugins: {', ...Object.entries(plugins).map(onePlugin), '},']),
  ];
  const space = ' '.repeat(indent);
  return `{\n${lines.map((line) => `${space}  ${line}`).join('\n')}\n${space}}`;
}

const onePlugin = ([name, config]: readonly [string, object]): string => `  ${quoteName(name)}: ${literal(config)},`;
