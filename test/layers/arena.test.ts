/** The scratch memory of the layers. */
import { describe, expect, test } from 'vitest';
import { arena, inArena, matrix, transposed } from '../../src/layers/arena.ts';
import '../../src/layers/index.ts';
import { BACKENDS, build, CASES, normal } from './attention-cases.ts';
import { Random } from '../../src/layers/index.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test('all modules share one machine', () => {
    expect(arena(backend)).toBe(arena(backend));
    expect(arena(backend).backend).toBe(backend);
  });

  test('a module keeps nothing in it, and the same calls need no more', () => {
    const { memory } = arena(backend);
    const { used } = memory;
    const layer = build(CASES['four updates'], backend);
    const call = () => layer.backward(normal(new Random(1), layer.forward().shape));
    call();
    expect(memory.used).toBe(used);
    const { bytes } = memory;
    for (let k = 0; k < 20; k++) call();
    expect(memory.bytes).toBe(bytes);
  });

  test('a pass that fails gives back what it took and writes no result', () => {
    const { memory } = arena(backend);
    const { used } = memory;
    const target = Float32Array.of(1, 2);
    const fail = () =>
      inArena(arena(backend), (pass) => {
        pass.write(target, pass.zeros(2));
        throw new Error('no');
      });
    expect(fail).toThrow('no');
    expect(memory.used).toBe(used);
    expect(target).toEqual(Float32Array.of(1, 2));
  });

  test('a pass that succeeds writes its results', () => {
    const target = Float32Array.of(1, 2);
    inArena(arena(backend), (pass) => pass.write(target, pass.read(Float32Array.of(3, 4))));
    expect(target).toEqual(Float32Array.of(3, 4));
  });

  test('products of matrices and transposed ones', () => {
    inArena(arena(backend), (pass) => {
      const a = matrix(pass.read(Float32Array.of(1, 2, 3, 4, 5, 6)), 3);
      const b = matrix(pass.read(Float32Array.of(1, 0, -1, 2, 1, 3)), 3);
      const out = matrix(pass.zeros(4), 2);
      pass.product(out, a, transposed(b), 2, 3, 2);
      expect(Array.from(pass.view(out.address, 4))).toEqual([-2, 13, -2, 31]);
      pass.addProduct(out, a, transposed(b), 2, 3, 2);
      expect(Array.from(pass.view(out.address, 4))).toEqual([-4, 26, -4, 62]);
      const square = matrix(pass.zeros(9), 3);
      pass.product(square, transposed(a), b, 3, 2, 3);
      expect(Array.from(pass.view(square.address, 9))).toEqual([9, 4, 11, 12, 5, 13, 15, 6, 15]);
    });
  });
});

test('an unknown backend is refused', () => {
  expect(() => arena('gpu' as never)).toThrow(TypeError);
});
