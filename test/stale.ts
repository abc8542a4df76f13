/** Runs work in memory that is clean, and full of what others left: what comes of it has to be the same. */
import { expect, vi } from 'vitest';
import { Memory } from '../src/memory.ts';

/** Bytes that are left: no number, large numbers, and small ones. */
const LEFT = typeof document === 'undefined' ? [0xff, 0x7f, 0x01] : [0xff];

export async function stale(work: () => unknown): Promise<void> {
  const clean = await work();
  const reserve = Memory.prototype.reserve;
  for (const byte of LEFT) {
    const spy = vi.spyOn(Memory.prototype, 'reserve').mockImplementation(function (
      this: Memory,
      bytes,
    ) {
      const address = reserve.call(this, bytes);
      this.views.u8.fill(byte, address, address + Math.max(16, Math.ceil(bytes / 16) * 16));
      return address;
    });
    try {
      expect(await work()).toEqual(clean);
    } finally {
      spy.mockRestore();
    }
  }
}
