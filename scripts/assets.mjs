// Copies the data files that the compiled program reads at run time; the compiler leaves them behind.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.json')) copyFileSync(join('src', name), join('dist', name));
}
