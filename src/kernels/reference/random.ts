/** Draws from the package's generator; see src/random.ts for its definition. */
import type { Views } from '../../memory.ts';
import { nextBelow, nextWord } from '../../random.ts';

export function shuffle(m: Views, order: number, count: number, generator: number): void {
  const a = order >>> 2;
  for (let i = count - 1; i > 0; i--) {
    const j = nextBelow(m.u32, generator >>> 2, i + 1);
    const held = m.u32[a + i];
    m.u32[a + i] = m.u32[a + j];
    m.u32[a + j] = held;
  }
}

export function randomSigns(m: Views, signs: number, count: number, generator: number): void {
  let word = 0;
  for (let i = 0; i < count; i++) {
    if ((i & 31) === 0) word = nextWord(m.u32, generator >>> 2);
    m.i8[signs + i] = word & 1 ? 1 : -1;
    word >>>= 1;
  }
}
