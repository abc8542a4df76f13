/** What the help says after the lists of options. */

const RECALL_CODES = `  0  every recall converged to a fixed point
  1  wrong use, a bad file, or a load, save or training that failed
     (perceptron and diederich-opper: patterns not learnt in --max-epochs)
  2  a recall did not converge: a cycle, too few sweeps, a temperature above 0
  3  --pattern names a pattern that is not there`;

const SOLVE_CODES = `  0  the solution is valid, and as good as --target
  1  wrong use or a bad file
  2  no valid solution, or none as good as --target, was found in the time`;

export const TOP_NOTES = `
Examples:
  hopfield recall letters.dat --noise 20   flip 20 of 100 neurons and recall
  hopfield recall --dataset mnist --rule projection --occlude top
  hopfield recall letters.dat --save letters.hop
  hopfield info letters.hop
  hopfield solve berlin52.tsp --two-opt    a short tour, in 10 seconds
  hopfield solve --problem queens --size 12
  hopfield recall --help                   all options of recall
  hopfield solve --help                    all options of solve

Exit codes of recall:
${RECALL_CODES}

Exit codes of solve:
${SOLVE_CODES}`;

export const RECALL_NOTES = `
Covered neurons start at -1, like the background, and are free to move, as are
all others; with --clamp the others are not. Ready-made cues are measured by
the stored pattern nearest to the result. Run r has the seed of --seed plus
r - 1, for its flips and its recall.

Examples:
  hopfield recall letters.dat --pattern 1,3 --noise 20 --seed 7
  hopfield recall letters.dat --cue smudged.dat --verbose
  hopfield recall letters.npy --rule perceptron --margin 0.3 --save letters.hop
  hopfield recall --load letters.hop --noise 30 --repeat 100 --quiet
  hopfield recall faces/ --occlude right --update synchronous --output restored/
  hopfield recall --dataset mnist --digits 3,8 --daydream 10
  hopfield recall letters.dat --update stochastic --temperature 0.5:0 --json

Exit codes:
${RECALL_CODES}`;

export const SOLVE_NOTES = `
Costs are the length of a tour (tsp), the weight of a cut (maxcut) or the value
of xᵀQx (qubo); the other problems have none. Ctrl-C ends a search and shows
the best so far. The same --seed gives the same result again when --restarts
limits the search, and no --time.

--output writes a TSPLIB tour, a board, a grid, or a line for each vertex or
variable: its colour, its side of the cut, its bit. Cities and vertices in
reports count from 1, as in the files; the document of --json, and what a
failed check says, count from 0.

Examples:
  hopfield solve berlin52.tsp --time 5s --two-opt --output berlin52.tour
  hopfield solve G1.txt --problem maxcut --target 11624 --time 1m
  hopfield solve myciel4.col               as few colours as it finds
  hopfield solve queen8_8.col --colours 9
  hopfield solve random.qubo --restarts 20 --seed 1 --json
  hopfield solve --problem queens --size 100 --quiet
  hopfield solve hard.sudoku

Exit codes:
${SOLVE_CODES}`;
