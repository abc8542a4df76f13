import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMachine } from '../src/kernels/open.ts';
import { LIMIT, Memory } from '../src/memory.ts';

const GENERATED = { seed: 20_250_103, numRuns: 100 };
/** Addresses below this are never handed out. */
const FIRST = 1024;

interface Block {
  address: number;
  bytes: number;
  mark: number;
}

/** Ask for bytes, or give back the block at a place in the list of live ones. */
type Step = { take: number } | { give: number };

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ take: fc.nat({ max: 9000 }) }) },
    { weight: 2, arbitrary: fc.record({ give: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ take: fc.nat({ max: 200_000 }) }) },
  ),
  { maxLength: 40 },
);

describe.each([
  ['wasm', () => openMachine('wasm', []).memory],
  ['reference', () => openMachine('reference', []).memory],
] as const)('%s memory', (_, open) => {
  /** Runs the steps, checking every law that holds at each of them; returns the live blocks. */
  function run(memory: Memory, sequence: readonly Step[]): Block[] {
    const live: Block[] = [];
    let mark = 0;
    for (const step of sequence) {
      if ('take' in step) {
        const bytes = step.take;
        const address = memory.allocate(bytes);
        const { u8 } = memory.views;
        expect(address % 16).toBe(0);
        expect(address).toBeGreaterThanOrEqual(FIRST);
        expect(address + bytes).toBeLessThanOrEqual(memory.bytes);
        expect(u8.subarray(address, address + bytes).every((byte) => byte === 0)).toBe(true);
        mark = (mark % 255) + 1;
        u8.fill(mark, address, address + bytes);
        live.push({ address, bytes, mark });
      } else if (live.length > 0) {
        const [block] = live.splice(step.give % live.length, 1);
        // What was written is still there: nobody else had these bytes.
        expectIntact(memory, block);
        memory.free(block.address);
      }
      const used = live.reduce((sum, block) => sum + roomOf(block.bytes), 0);
      expect(memory.used).toBe(used);
    }
    for (const block of live) expectIntact(memory, block);
    expectDisjoint(live);
    return live;
  }

  function roomOf(bytes: number): number {
    return Math.max(16, Math.ceil(bytes / 16) * 16);
  }

  function expectIntact({ views }: Memory, { address, bytes, mark }: Block): void {
    expect(views.u8.subarray(address, address + bytes).every((byte) => byte === mark)).toBe(true);
  }

  function expectDisjoint(blocks: Block[]): void {
    const sorted = [...blocks].sort((a, b) => a.address - b.address);
    sorted.slice(1).forEach((block, k) => {
      expect(sorted[k].address + roomOf(sorted[k].bytes)).toBeLessThanOrEqual(block.address);
    });
  }

  test('blocks are aligned, zero-filled and never overlap; contents survive growth', () => {
    fc.assert(
      fc.property(steps, (sequence) => void run(open(), sequence)),
      GENERATED,
    );
  });

  test('when all is freed, all of it is one block again', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (sequence, picks) => {
        const memory = open();
        const live = run(memory, sequence);
        while (live.length > 0) {
          const [block] = live.splice(picks.next().value! % live.length, 1);
          memory.free(block.address);
        }
        expect(memory.used).toBe(0);
        const bytes = memory.bytes;
        expect(memory.allocate(bytes - FIRST)).toBe(FIRST);
        expect(memory.bytes).toBe(bytes);
      }),
      GENERATED,
    );
  });

  test('freed memory is used again, zero-filled', () => {
    const memory = open();
    const [a, b, c] = [100, 5000, 100].map((bytes) => memory.allocate(bytes));
    memory.views.u8.fill(255, b, b + 5000);
    memory.free(b);
    expect(memory.allocate(3000)).toBe(b);
    const rest = memory.allocate(1900);
    expect(rest).toBeGreaterThan(b);
    expect(rest).toBeLessThan(c);
    expect(memory.views.u8.subarray(b, b + 3000).some((byte) => byte !== 0)).toBe(false);
    expect(memory.views.u8.subarray(rest, rest + 1900).some((byte) => byte !== 0)).toBe(false);
    expect(a).toBe(FIRST);
  });

  test('taking and freeing over and over does not grow the memory', () => {
    const memory = open();
    memory.allocate(50_000);
    memory.free(memory.allocate(100_000));
    const bytes = memory.bytes;
    for (let k = 0; k < 100; k++) {
      memory.scope((take) => [take(20_000), take(30_000), take(40_000 + 16 * k)]);
    }
    expect(memory.bytes).toBe(bytes);
  });

  test('one large block makes it grow by the pages that are missing, and the views with it', () => {
    const memory = open();
    const address = memory.allocate(1_000_000);
    expect(memory.bytes % 65_536).toBe(0);
    expect(memory.bytes).toBe(Math.ceil((address + 1_000_000) / 65_536) * 65_536);
    expect(memory.views.i8.length).toBe(memory.bytes);
    expect(memory.views.u8.length).toBe(memory.bytes);
    expect(memory.views.i16.length).toBe(memory.bytes / 2);
    expect(memory.views.i32.length).toBe(memory.bytes / 4);
    expect(memory.views.u32.length).toBe(memory.bytes / 4);
    expect(memory.views.f64.length).toBe(memory.bytes / 8);
  });

  test('a scope frees its blocks when it ends', () => {
    const memory = open();
    const kept = memory.allocate(10);
    const before = memory.used;
    const result = memory.scope((take) => {
      const outer = take(100);
      memory.scope((more) => expect(more(200_000)).toBeGreaterThan(outer));
      expect(memory.used).toBe(before + 112);
      return outer;
    });
    expect(memory.used).toBe(before);
    expect(result).toBeGreaterThan(kept);
    expect(memory.allocate(100)).toBe(result);
  });

  test('a scope frees its blocks when its work throws', () => {
    const memory = open();
    const failure = new Error('on purpose');
    expect(() =>
      memory.scope((take) => {
        take(1000);
        take(100_000);
        throw failure;
      }),
    ).toThrow(failure);
    expect(memory.used).toBe(0);
    const bytes = memory.bytes;
    expect(memory.allocate(bytes - FIRST)).toBe(FIRST);
    expect(memory.bytes).toBe(bytes);
  });

  test.each([LIMIT, LIMIT - FIRST + 1, 1e15, Infinity, NaN])(
    '%d bytes are more than 4 GiB hold, and nothing changes',
    (bytes) => {
      const memory = open();
      const kept = memory.allocate(1000);
      memory.views.u8.fill(7, kept, kept + 1000);
      const { used, bytes: before } = memory;
      expect(() => memory.allocate(bytes)).toThrow(RangeError);
      expect(() => memory.allocate(bytes)).toThrow('4 GiB');
      expect(() => memory.scope((take) => [take(100), take(bytes)])).toThrow(RangeError);
      expect([memory.used, memory.bytes]).toEqual([used, before]);
      expectIntact(memory, { address: kept, bytes: 1000, mark: 7 });
      memory.free(kept);
      expect(memory.allocate(before - FIRST)).toBe(FIRST);
    },
  );

  test('freeing what is not a block is an error', () => {
    const memory = open();
    const address = memory.allocate(100);
    expect(() => memory.free(address + 16)).toThrow(`no block at address ${address + 16}`);
    memory.free(address);
    expect(() => memory.free(address)).toThrow('no block');
    expect(() => memory.free(0)).toThrow('no block');
  });
});

describe('pages that will not grow', () => {
  class Stubborn {
    buffer = new ArrayBuffer(4096);
    asked: number[] = [];

    grow(bytes: number): void {
      this.asked.push(bytes);
      throw new RangeError('no more');
    }
  }

  test('leave everything as it was', () => {
    const pages = new Stubborn();
    const memory = new Memory(pages);
    const kept = memory.allocate(1000);
    expect(() => memory.allocate(2500)).toThrow('no more');
    // The free end of memory counts: only what is missing was asked for.
    expect(pages.asked).toEqual([FIRST + 1008 + 2512]);
    expect(memory.used).toBe(1008);
    expect(memory.allocate(4096 - FIRST - 1008)).toBe(kept + 1008);
  });

  test('are not even asked for more than 4 GiB', () => {
    const pages = new Stubborn();
    const memory = new Memory(pages);
    expect(() => memory.allocate(LIMIT)).toThrow('4 GiB');
    expect(pages.asked).toEqual([]);
    expect(() => memory.allocate(LIMIT - FIRST)).toThrow('no more');
    expect(pages.asked).toEqual([LIMIT]);
  });
});
