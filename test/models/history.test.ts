/** A memory is what is stored in it, whatever came before: stored, forgotten and looked at in any order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/index.ts';
import { BACKENDS, GENERATED, randomStates } from './cases.ts';
import { KINDS, N } from './kinds.ts';

const turns = fc.array(
  fc.tuple(fc.constantFrom('store', 'forget', 'look'), fc.nat(), fc.integer({ min: 1, max: 3 })),
  { minLength: 3, maxLength: 12 },
);

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('%s', (_, make) => {
    fc.assert(
      fc.property(turns, fc.nat(), (all, seed) => {
        const random = new Random(seed);
        const cue = random.signs(N);
        const memory = make(backend);
        const there = randomStates(random, N, 3);
        memory.store(there);
        for (const [turn, which, count] of all) {
          if (turn === 'look') memory.look(cue);
          else if (turn === 'store') {
            const more = randomStates(random, N, count);
            memory.store(more);
            there.push(...more);
          } else if (there.length > 1) {
            const index = which % there.length;
            memory.forget(index);
            there.splice(index, 1);
          }
        }
        const fresh = make(backend);
        fresh.store(there);
        expect(memory.look(cue)).toEqual(fresh.look(cue));
      }),
      { ...GENERATED, numRuns: GENERATED.numRuns / 4 },
    );
  });
});
