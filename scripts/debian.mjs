// Finds programs that tests and pictures need beside Node, and installs them on a Debian where that is allowed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const apt = '/usr/bin/apt-get';

/** The path of the first of these programs that there is. */
export function findProgram(names) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

/** Whether there is a program at the path that may be run. */
export function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs packages, each of the two steps in so many milliseconds at most; throws where that does not work. */
export function installFromDebian(packages, timeout) {
  const options = { stdio: 'ignore', timeout, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync(apt, ['update', '-q'], options);
  execFileSync(apt, ['install', '-y', ...packages], options);
}
