/** The largest of many numbers. */

/**
 * The indices of the `count` largest values (of all, when there are fewer), largest first; of equal values the one
 * with the lower index counts as larger. O(n + count·log(count)·log(n/count)) for values in random order.
 */
export function largestOf(values: ArrayLike<number>, count: number): Uint32Array {
  /** Negative where a is larger than b. */
  const order = (a: number, b: number) => values[b] - values[a] || a - b;
  if (count >= values.length) return Uint32Array.from(values, (_, i) => i).sort(order);
  // A heap: the smallest of those kept is at its root, and nothing is larger than what it stands on.
  const heap = new Uint32Array(count).map((_, i) => i);
  for (let i = (count >> 1) - 1; i >= 0; i--) sink(heap, i, order);
  for (let i = count; i < values.length; i++) {
    if (values[i] <= values[heap[0]]) continue;
    heap[0] = i;
    sink(heap, 0, order);
  }
  return heap.sort(order);
}

function sink(heap: Uint32Array, at: number, order: (a: number, b: number) => number): void {
  const index = heap[at];
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && order(heap[child], heap[child + 1]) < 0) child++;
    if (order(index, heap[child]) >= 0) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = index;
}
