/** Runs an experiment: which trials are missing, who makes them, when a point is done. */
import { checkOptions, checkPositiveInteger } from '../checks.ts';
import { runHere, type TrialTask } from './executor.ts';
import type { Experiment, Plan, PointResult, RunOptions, Shard } from './experiment.ts';
import { canonical, checkPlain, differences, type Plain } from './plain.ts';
import { checkOrigin, trialSeed, version, type TrialRecord } from './records.ts';
import { halfWidth } from './statistics.ts';

export async function* runExperiment<Point extends object, Result, Summary extends object>(
  experiment: Experiment<Point, Result, Summary>,
  options: RunOptions,
): AsyncGenerator<PointResult<Point, Summary>, void, undefined> {
  const { plan, work, points } = experiment;
  const { executor = runHere, records = [], onRecord, shard, signal, onProgress } = options;
  const deal = checkShard(shard, plan);
  const origin = { version, experiment: experiment.name, seed: plan.seed };
  checkOrigin(records, origin, 'records');
  const ledgers = points.map((point, place) => new Ledger(experiment, point, place, deal));
  enterRecords(ledgers, records);
  for (const ledger of ledgers) ledger.advance();

  const report = () => {
    const done = ledgers.reduce((sum, ledger) => sum + ledger.done, 0);
    const left = ledgers.reduce((sum, ledger) => sum + ledger.left, 0);
    onProgress?.({ done, of: done + left });
  };
  report();
  for (let next = 0; next < ledgers.length;) {
    if (ledgers[next].settled) {
      yield* ledgers[next++].result();
      continue;
    }
    const tasks = ledgers.flatMap((ledger) => [...ledger.missing()]);
    let left = tasks.length;
    for await (const { index, result } of executor(work, tasks, signal)) {
      const { ledger, point, number, seed } = tasks[index];
      checkPlain(result, 'the result of a trial');
      onRecord?.({ ...origin, point, number, trialSeed: seed, result });
      ledger.enter(number, result as Result);
      left--;
      report();
      while (next < ledgers.length && ledgers[next].settled) yield* ledgers[next++].result();
    }
    if (left > 0) throw new Error(`the executor ended with ${left} of ${tasks.length} trials left`);
  }
}

/** A trial to be made, and where it is entered. */
interface Missing<Point extends object, Result, Summary extends object> extends TrialTask {
  readonly ledger: Ledger<Point, Result, Summary>;
  readonly number: number;
}

/** The trials of one point. */
class Ledger<Point extends object, Result, Summary extends object> {
  /** No more trials are wanted. */
  settled = false;
  /** How many of those that are wanted there are, and how many are still to be made here. */
  done = 0;
  left = 0;
  readonly point: Point;
  /** Trials below this number are wanted. */
  #goal: number;
  #converged: boolean | undefined;
  readonly #results = new Map<number, Result>();
  readonly #experiment: Experiment<Point, Result, Summary>;
  readonly #deal: Shard | undefined;
  readonly #place: number;

  constructor(
    experiment: Experiment<Point, Result, Summary>,
    point: Point,
    place: number,
    deal: Shard | undefined,
  ) {
    this.#experiment = experiment;
    this.point = point;
    this.#place = place;
    this.#deal = deal;
    this.#goal = experiment.plan.trials;
  }

  /** A result from a file, before the first `advance`. */
  keep(number: number, result: Result): void {
    this.#results.set(number, result);
  }

  /** Enters a result, and sees whether it was the last one. */
  enter(number: number, result: Result): void {
    this.#results.set(number, result);
    this.done++;
    this.left--;
    if (this.left === 0) this.advance();
  }

  /** Counts what is there; settles, or asks for another round, when nothing is missing. */
  advance(): void {
    const { plan, precision } = this.#experiment;
    for (;;) {
      this.done = 0;
      this.left = 0;
      for (let number = 0; number < this.#goal; number++) {
        if (this.#results.has(number)) this.done++;
        else if (this.#dealt(number)) this.left++;
      }
      if (this.left > 0) return;
      if (plan.error !== undefined) {
        this.#converged = halfWidth(precision!(this.#summary())) <= plan.error;
      }
      this.settled = this.#converged !== false || this.#goal >= plan.mostTrials;
      if (this.settled) return;
      this.#goal = Math.min(this.#goal + plan.trials, plan.mostTrials);
    }
  }

  *missing(): Generator<Missing<Point, Result, Summary>> {
    if (this.settled) return;
    const { point } = this;
    for (let number = 0; number < this.#goal; number++) {
      if (this.#results.has(number) || !this.#dealt(number)) continue;
      const seed = trialSeed(this.#experiment.plan.seed, point, number);
      yield { ledger: this, number, point: point as Plain, seed };
    }
  }

  /** Of what there is; nothing of nothing. */
  *result(): Generator<PointResult<Point, Summary>> {
    if (this.done === 0) return;
    const converged = this.#converged === undefined ? {} : { converged: this.#converged };
    yield { ...this.point, ...this.#summary(), trials: this.done, ...converged };
  }

  #summary(): Summary {
    const results: Result[] = [];
    for (let number = 0; number < this.#goal; number++) {
      if (this.#results.has(number)) results.push(this.#results.get(number)!);
    }
    return this.#experiment.summarise(this.point, results);
  }

  #dealt(number: number): boolean {
    if (!this.#deal) return true;
    const turn = this.#place * this.#goal + number;
    return turn % this.#deal.of === this.#deal.index - 1;
  }
}

/** @throws TypeError, RangeError for what is no shard, or a plan that cannot be dealt out */
function checkShard(shard: Shard | undefined, plan: Plan): Shard | undefined {
  if (shard === undefined) return undefined;
  checkOptions(shard, 'shard', ['index', 'of']);
  checkPositiveInteger(shard.of, 'shard.of');
  if (checkPositiveInteger(shard.index, 'shard.index') > shard.of) {
    throw new RangeError(`shard.index is ${shard.index}, expected at most ${shard.of} (shard.of)`);
  }
  if (plan.error !== undefined) {
    throw new TypeError('shard is given, and an error: no shard knows when the error is reached');
  }
  return shard;
}

/** @throws TypeError with the difference for a record of a point that is not there */
function enterRecords<Point extends object, Result, Summary extends object>(
  ledgers: readonly Ledger<Point, Result, Summary>[],
  records: readonly TrialRecord[],
): void {
  const byPoint = new Map(ledgers.map((ledger) => [canonical(ledger.point), ledger]));
  if (byPoint.size < ledgers.length) {
    throw new TypeError('two points are equal, expected each once: repeat trials instead');
  }
  for (const { point, number, result } of records) {
    const ledger = byPoint.get(canonical(point));
    if (!ledger) {
      const found = ledgers.map((other) => differences(point as object, other.point));
      const [nearest] = found.sort((a, b) => a.length - b.length);
      throw new TypeError(`records have a point of other parameters: ${nearest.join('; ')}`);
    }
    ledger.keep(number, result as Result);
  }
}
