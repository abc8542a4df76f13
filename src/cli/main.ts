#!/usr/bin/env node
/** The command `hopfield` as a process. */

import { hopfield } from './hopfield.ts';
import { endWithReader } from './standard-output.ts';

endWithReader();
process.exitCode = await hopfield(process.argv.slice(2), process);
