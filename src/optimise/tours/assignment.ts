/**
 * Linear assignment: one column for each row so that the sum of costs is least (Kuhn 1955; shortest augmenting paths with
 * dual prices, Jonker & Volgenant 1987).
 */

/**
 * @param costs - n×n finite numbers, row after row
 * @returns the column of each row. O(n³)
 */
export function assign(costs: Float64Array, n: number): Int32Array {
  const rowPrice = new Float64Array(n);
  const columnPrice = new Float64Array(n);
  const rowOf = new Int32Array(n).fill(-1);
  for (let row = 0; row < n; row++) augment(costs, n, row, rowPrice, columnPrice, rowOf);
  const columnOf = new Int32Array(n);
  rowOf.forEach((row, column) => (columnOf[row] = column));
  return columnOf;
}

/** Gives `row` a column by the cheapest path of reassignments, and keeps all reduced costs at 0 or more. */
function augment(
  costs: Float64Array,
  n: number,
  row: number,
  rowPrice: Float64Array,
  columnPrice: Float64Array,
  rowOf: Int32Array,
): void {
  const distance = new Float64Array(n).fill(Infinity);
  const previous = new Int32Array(n).fill(-1);
  const done = new Uint8Array(n);
  let column = -1;
  let at = row;
  let reached = 0;
  do {
    if (column >= 0) at = rowOf[column];
    let next = -1;
    for (let j = 0; j < n; j++) {
      if (done[j]) continue;
      const length = reached + costs[at * n + j] - rowPrice[at] - columnPrice[j];
      if (length < distance[j]) {
        distance[j] = length;
        previous[j] = column;
      }
      if (next < 0 || distance[j] < distance[next]) next = j;
    }
    reached = distance[next];
    done[next] = 1;
    column = next;
  } while (rowOf[column] >= 0);

  for (let j = 0; j < n; j++) {
    if (!done[j]) continue;
    if (rowOf[j] >= 0) rowPrice[rowOf[j]] += reached - distance[j];
    columnPrice[j] -= reached - distance[j];
  }
  rowPrice[row] += reached;
  while (column >= 0) {
    const before = previous[column];
    rowOf[column] = before < 0 ? row : rowOf[before];
    column = before;
  }
}
