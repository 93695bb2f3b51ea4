import { existsSync, statfsSync } from 'node:fs';

const memory = '/dev/shm';
const gigabyte = 2 ** 30;

// Every commit waits for the disk, and tests make thousands; what they write needs none where there is memory for it.
if (process.env.TMPDIR === undefined && existsSync(memory)) {
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize > gigabyte) process.env.TMPDIR = memory;
}

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  reporters: ['default', '<rootDir>/scripts/closing-reporter.cjs'],
  // Left to itself jest keeps one core free, which on two is half of all.
  maxWorkers: 2,
  testTimeout: 60_000,
};
