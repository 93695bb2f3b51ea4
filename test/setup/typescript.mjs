import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

// node --import <this file> program.ts: lets a test start a process from the sources, without a build before it.
// Node runs the two functions below in a thread of their own (https://nodejs.org/api/module.html#customization-hooks).
if (isMainThread) register(import.meta.url);

/** Finds the .ts file that an import of the .js file means. */
export async function resolve(specifier, context, next) {
  const own = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') && specifier.endsWith('.js');
  return await next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** Takes the types out of a .ts file. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return await next(url, context);
  const source = await readFile(fileURLToPath(url), 'utf8');
  const { code } = await transform(source, {
    filename: fileURLToPath(url),
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
