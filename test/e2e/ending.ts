import type { Bot } from './program/bot.js';

/** How a story ended: what the bot's last process gave, and what must not have happened in any of them. */
export interface Ending {
  readonly code: number | null;
  readonly bot: Bot;
  readonly leaks: readonly string[];
  readonly complaints: readonly string[];
}

/** Raises one error that says everything that must hold for every story and did not. */
export function checkEnding({ code, bot, leaks, complaints }: Ending): void {
  const broken = [
    ...(code === 0 ? [] : [`the bot ended with ${code}: ${bot.child.stderr.slice(-2000)}`]),
    ...leaks.map((leak) => `a secret was printed: ${leak}`),
    ...complaints.map((complaint) => `the platform complains: ${complaint}`),
  ];
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

/** What of these secrets, and which Kaltura sessions and signed tokens of any kind, stand in what was printed. */
export function findLeaks(printed: string, secrets: readonly string[]): string[] {
  const sessions = printed.match(/djJ8[\w+/-]{20,}/g) ?? [];
  const tokens = printed.match(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}/g) ?? [];
  return [...secrets.filter((secret) => secret !== '' && printed.includes(secret)), ...sessions, ...tokens];
}
