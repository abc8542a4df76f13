/** The demo as a process: `npm run demo`. */

import { complain } from '../failure.ts';
import { endWithReader } from '../standard-output.ts';
import { demo } from './demo.ts';

endWithReader();
try {
  await demo(process);
} catch (error) {
  process.exitCode = complain(error, process.stderr);
}
