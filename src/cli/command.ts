/** What every command's folder gives the program, and how its options are put in groups. */

import { Command, Option } from 'commander';
import type { Result } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** A command: made for a terminal; `done` is given the result when it has run. */
export type MakeCommand = (terminal: Terminal, done: (result: Result) => void) => Command;

export function addGroups(command: Command, groups: Record<string, Option[]>): void {
  for (const [heading, group] of Object.entries(groups)) {
    command.optionsGroup(heading);
    for (const option of group) command.addOption(option);
  }
}

/** The option that is called `key` in the program. */
export function flag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
