// Installs PHP where that is allowed and quick, so that its snippet for protected webcasts is run like the others:
// node scripts/php.mjs. Nothing fails for its absence.
import { findProgram, installFromDebian } from './debian.mjs';

const untried = 'The snippet for PHP is not tried.';

if (findProgram(['php']) === undefined) {
  if (process.getuid?.() !== 0) process.stdout.write(`There is no PHP. ${untried}\n`);
  else {
    process.stdout.write('Installing PHP from Debian\n');
    try {
      installFromDebian(['php-cli'], 60_000);
    } catch (error) {
      process.stdout.write(`PHP could not be installed. ${untried} ${error.message}\n`);
    }
  }
}
