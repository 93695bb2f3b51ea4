import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, chown, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL for tests; each address it gives is an empty schema of its own. */
export interface TestPostgres {
  /** The address of the database itself. */
  readonly url: string;
  makeSchema(): Promise<TestSchema>;
  stop(): Promise<void>;
}

export interface TestSchema {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * Gives a PostgreSQL: that of TEST_DATABASE_URL (a superuser's, with a password), else one started for this run from
 * the binaries found here, else from Debian's package when this is root. Rejects with a sentence when none can be had.
 * May take minutes the first time.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startServer(await findBinaries());
  return { url, stop, makeSchema: () => makeSchema(url) };
}

async function makeSchema(url: string): Promise<TestSchema> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(url, `create schema ${name}`);
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${name}`);
  return { url: address.href, drop: () => query(url, `drop schema ${name} cascade`).then(() => {}) };
}

/** Runs one query on a connection of its own. */
export async function query(url: string, text: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  client.setTypeParser(pg.types.builtins.INT8, Number);
  await client.connect();
  try {
    const { rows } = await client.query<object>(text);
    return rows;
  } finally {
    await client.end();
  }
}

/** The folder that holds initdb and postgres. */
async function findBinaries(): Promise<string> {
  const found = lookForBinaries();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      'The tests need PostgreSQL: set TEST_DATABASE_URL to an address of one, or install it (Debian: apt-get install postgresql).',
    );
  await installFromDebian();
  const installed = lookForBinaries();
  if (!installed) throw new Error('apt-get installed postgresql, but no initdb can be found.');
  return installed;
}

function lookForBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))));
}

/** Installs the package without the server that it would start by itself. */
async function installFromDebian(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words: string[]) =>
    run('apt-get', ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300', ...words], { env, maxBuffer: 64 * 1024 * 1024 });
  try {
    await apt('update');
    await apt('install', '--no-install-recommends', 'postgresql-common');
    await appendFile('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
    await apt('install', '--no-install-recommends', 'postgresql');
  } catch (error) {
    throw new Error(
      'The tests need PostgreSQL, and apt-get could not install it: set TEST_DATABASE_URL to an address of one.',
      { cause: error },
    );
  }
}

/** The shell that runs the server, and takes it and its folder away when its own input ends, as it does when the tests die. */
const watcher = `
{ "$@" </dev/null; echo 'the server has ended' >&2; } &
read -r _
kill -INT "$(head -n 1 "$PGDATA/postmaster.pid")"
wait
rm -r "$FOLDER"
`;

async function startServer(binaries: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'webcast-bot-postgres-'));
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  const owner = process.getuid?.() === 0 ? ownerInsteadOfRoot() : undefined;
  if (owner) for (const path of [passwordFile, folder]) await chown(path, owner.uid, owner.gid);
  const env = { ...process.env, FOLDER: folder, PGDATA: join(folder, 'data'), LC_ALL: 'C' };
  const place = { cwd: folder, env, ...owner };

  const cluster = ['--username=tests', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  await run(join(binaries, 'initdb'), [...cluster, '--locale=C', '--no-sync'], place);
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=300',
  ];
  const words = [join(binaries, 'postgres'), ...settings.flatMap((setting) => ['-c', setting])];
  const shell = spawn('sh', ['-c', watcher, 'sh', ...words], { ...place, stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = once(shell, 'exit');
  const stop = async () => {
    shell.stdin.end();
    await ended;
  };
  const said = await readUntil(shell.stderr, /ready to accept connections|the server has ended/);
  if (said.endsWith('the server has ended')) {
    await stop();
    throw new Error(`PostgreSQL did not start:\n${said}`);
  }
  return { url: `postgres://tests:${password}@127.0.0.1:${port}/postgres`, stop };
}

/** Reads lines up to the first that fits, and lets the rest go by. */
function readUntil(stream: Readable, fitting: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const said: string[] = [];
    createInterface(stream).on('line', (line) => {
      said.push(line);
      if (fitting.test(line)) resolve(said.join('\n'));
    });
  });
}

/** PostgreSQL refuses to run as root; gives the user that it runs as instead. */
function ownerInsteadOfRoot(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody here.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
