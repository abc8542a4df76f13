/** Draws from the package's generator; see src/random.ts for its definition. */
import type { Views } from '../../memory.ts';
import { nextBelow } from '../../random.ts';

export function countUp(m: Views, order: number, count: number): void {
  for (let i = 0; i < count; i++) m.u32[(order >>> 2) + i] = i;
}

export function shuffle(m: Views, order: number, count: number, generator: number): void {
  const a = order >>> 2;
  for (let i = count - 1; i > 0; i--) {
    const j = nextBelow(m.u32, generator >>> 2, i + 1);
    const held = m.u32[a + i];
    m.u32[a + i] = m.u32[a + j];
    m.u32[a + j] = held;
  }
}
