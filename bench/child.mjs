import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Clock ticks per second in which Linux tells processor time; fixed for user space on every architecture Node runs on. */
const ticks = 100;
const patience = 30_000;

/** Starts a Node program on a free port and resolves when its /readyz answers 200; readyAfter is milliseconds since the spawn. */
export async function startServer(file, env, nodeArgs = []) {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, fileURLToPath(file)], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => child.kill('SIGKILL');
  const exited = once(child, 'exit').finally(() => process.off('exit', end));
  process.once('exit', end);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  while (!(await isReady(port))) {
    if (child.exitCode !== null) {
      // Somebody else has taken the port since it was found free.
      if (/EADDRINUSE|is taken/.test(said)) return startServer(file, env, nodeArgs);
      throw new Error(`${file} ended at start: ${said}`);
    }
    if (performance.now() - began > patience) {
      child.kill('SIGKILL');
      throw new Error(`${file} was not ready after ${patience / 1000} s: ${said}`);
    }
    await wait(5);
  }
  const readyAfter = performance.now() - began;
  return {
    port,
    readyAfter,
    /** Seconds of processor time that the process has used in all its threads. */
    cpu: () => readCpu(child.pid),
    /** Megabytes resident. */
    rss: () => readRss(child.pid),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(late);
    },
  };
}

function isReady(port) {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function readCpu(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in parentheses and may hold anything; user and system time are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

function readRss(pid) {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}
