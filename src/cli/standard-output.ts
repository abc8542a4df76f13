/** Standard output, which its reader may close at any time (`| head`): no failure, but the end. */

import { EXIT, messageOf, say } from './failure.ts';

export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    say(`standard output: ${messageOf(error)}`, process.stderr);
    process.exit(EXIT.failed);
  });
}
