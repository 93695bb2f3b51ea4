import { type Child, startChild } from './child.js';

/** The built bot as a process that answers on /readyz. */
export interface Bot {
  readonly url: string;
  readonly child: Child;
  /** Asks it to end as a supervisor does, and resolves with its exit code when it has. */
  stop(): Promise<number | null>;
}

/** Starts the bot on a free port and waits until it serves commands. */
export async function startBot(env: Readonly<Record<string, string>>): Promise<Bot> {
  const child = startChild('main.js', { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'trace', ...env });
  const [, port = ''] = await child.prints(/"port":(\d+),.*The webcast bot is ready/);
  const url = `http://127.0.0.1:${port}`;
  const ready = await fetch(`${url}/readyz`);
  if (ready.status !== 200)
    throw new Error(`/readyz answers ${ready.status} though the log says that the bot is ready.`);
  return {
    url,
    child,
    async stop() {
      child.kill('SIGTERM');
      return (await child.ended).code;
    },
  };
}
