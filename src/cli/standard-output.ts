/** Standard output, which its reader may close at any time (`| head`): no failure, but the end. */

import { EXIT, messageOf } from './failure.ts';

export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`hopfield: standard output: ${messageOf(error)}\n`);
    process.exit(EXIT.failed);
  });
}
