import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Closed tours through cities, shortened.
 *
 * A tour is `order` u32[N], the cities as they are visited, and `position` u32[N], where each city stands in it. `lists` is
 * u32[N·K], the K nearest of each city, nearest first. The distance of two cities is, by `metric`:
 *
 * | metric | distance                                        | `places`                                 |
 * | ------ | ----------------------------------------------- | ---------------------------------------- |
 * | 0      | the number in a matrix                          | f64[N·N], symmetric                      |
 * | 1      | √(Δx² + Δy² + Δz²)                              | f64[4·N], x, y, z and one that is unused |
 * | 2, 3   | the same, to the nearest integer; rounded up    | the same                                 |
 * | 4      | \|Δx\| + \|Δy\| + \|Δz\|, to the nearest integer | the same                                 |
 * | 5      | the largest of the three, each to the nearest   | the same                                 |
 * | 6      | √((Δx² + Δy² + Δz²)/10), rounded up             | the same                                 |
 *
 * One run of the search is a block of these numbers:
 *
 * | byte | type   | what                                     | byte | type   | what                             |
 * | ---- | ------ | ---------------------------------------- | ---- | ------ | -------------------------------- |
 * | 0    | u32    | N, cities, 5 or more                     | 36   | u32    | `journal` u32[2·capacity]        |
 * | 4    | u32    | K                                        | 40   | u32    | capacity                         |
 * | 8    | u32    | metric                                   | 44   | u32    | first in the queue               |
 * | 12   | u32    | `places`                                 | 48   | u32    | cities in the queue              |
 * | 16   | u32    | `order`                                  | 52   | u32    | reversals in the journal         |
 * | 20   | u32    | `position`                               | 56   | u32    | 1 while a kick is on trial       |
 * | 24   | u32    | `lists`                                  | 64   | f64    | length of the tour               |
 * | 28   | u32    | `queue` u32[N], a ring                   | 72   | f64    | its length before the kick       |
 * | 32   | u32    | `queued` u8[N], whether a city is in it  | 80   | u32[4] | generator                        |
 */
export interface TourKernels {
  /** The length of the tour, its edges added in order. */
  lengthTour(run: Address): Real;
  /**
   * Iterated local search (2-opt: Croes 1958; or-opt: Or 1976; kicks: Martin, Otto & Felten 1991; neighbour lists and
   * queues for bits: Bentley 1992). Steps until `steps` were made and no kick is on trial, or the length is `target` or
   * less; returns how many.
   *
   * A step with a queue that is not empty takes its first city out and makes moves that shorten the tour while there is one at
   * that city: an exchange of two edges, or a stretch of one to three cities that ends at it put beside one of its K nearest.
   * The ends of what was exchanged join the queue. A step with an empty queue keeps the kick on trial if the tour is no
   * longer than before, takes it back otherwise, and kicks: two neighbouring stretches of 1 to 50 cities, drawn as is where
   * they stand, change places.
   */
  improveTour(run: Address, steps: Integer, target: Real): Integer;
}
