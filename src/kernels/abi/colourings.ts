import type { Address, Integer } from '../../numbers.ts';

/**
 * Colourings of a graph: N vertices, colours 0 to k − 1, conflicts where both ends of an edge have one colour.
 *
 * Neighbours of vertex v are `neighbours` u32[starts[v] … starts[v + 1]), `starts` u32[N + 1]. One run of the search is a
 * block of these numbers; R is k rounded up to a multiple of 4, or more:
 *
 * | byte | type | what                                        | byte | type   | what                                        |
 * | ---- | ---- | ------------------------------------------- | ---- | ------ | ------------------------------------------- |
 * | 0    | u32  | N                                           | 36   | u32    | `conflicted` u32[N], vertices with a conflict |
 * | 4    | u32  | k                                           | 40   | u32    | `place` u32[N], where in it, or 2³² − 1     |
 * | 8    | u32  | R                                           | 44   | u32    | `least` i32[N], scratch                     |
 * | 12   | u32  | `starts`                                    | 48   | u32    | how many vertices have a conflict           |
 * | 16   | u32  | `neighbours`                                | 52   | u32    | moves made, modulo 2³¹                      |
 * | 20   | u32  | `colours` u32[N]                            | 56   | i32    | conflicts                                   |
 * | 24   | u32  | `best` u32[N], the colours with the fewest  | 60   | i32    | the fewest so far                           |
 * | 28   | u32  | `counts` i32[N·R], neighbours of each colour | 64  | u32[4] | generator                                   |
 * | 32   | u32  | `tabu` u32[N·R], the move until which a colour is forbidden | |  |                                             |
 */
export interface ColouringKernels {
  /** Fills `counts` (2²⁹ beyond k), `tabu`, `conflicted`, `place` and what follows them from `colours`; `best` becomes these. */
  countColouring(run: Address): void;
  /**
   * Tabu search (Hertz & de Werra 1987). At most `moves` moves, or until there are no conflicts; returns how many.
   *
   * A move gives a vertex that has a conflict another colour: of all such moves that are not tabu, or lead below the fewest
   * conflicts so far, one of those that leave the fewest, drawn. To give the vertex its old colour back is tabu for the next
   * ⌊0.6·n⌋ + t moves, n the vertices with a conflict and t drawn from 0 to 9 (Galinier & Hao 1999). Where every move is tabu, none is made,
   * and it counts as one.
   */
  tabuColouring(run: Address, moves: Integer): Integer;
}
