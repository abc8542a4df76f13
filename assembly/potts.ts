/** Groups of which one variable is on: moves by chance, downhill, and averages (Peterson & Söderberg 1989). */
import { exponential } from "./exponential";
import { nextBelow, nextReal } from "./random";

/** c_b += sign·Q_ab for all neighbours b of variable a. */
@inline
function addLinks(costs: usize, rows: usize, links: usize, a: u32, sign: i32): void {
  const row = rows + (a << 2);
  const end = links + (load<u32>(row, 4) << 3);
  for (let at = links + (load<u32>(row) << 3); at < end; at += 8) {
    const cost = costs + (load<u32>(at) << 2);
    store<i32>(cost, load<i32>(cost) + sign * load<i32>(at, 4));
  }
}

/** Turns the variable that is on off and another of its group on; returns what that costs. */
@inline
function move(
  state: usize,
  costs: usize,
  rows: usize,
  links: usize,
  group: u32,
  from: u32,
  to: u32,
): f64 {
  const change = load<i32>(costs + (to << 2)) - load<i32>(costs + (from << 2));
  store<u32>(state + (group << 2), to);
  addLinks(costs, rows, links, from, -1);
  addLinks(costs, rows, links, to, 1);
  return <f64>change;
}

/** The first variable of a group with the lowest cost. */
@inline
function cheapest(costs: usize, first: u32, end: u32): u32 {
  let best = first;
  let least = load<i32>(costs + (first << 2));
  for (let b = first + 1; b < end; b++) {
    const cost = load<i32>(costs + (b << 2));
    if (cost < least) {
      least = cost;
      best = b;
    }
  }
  return best;
}

export function costsPotts(
  costs: usize,
  state: usize,
  own: usize,
  rows: usize,
  links: usize,
  variables: u32,
  groups: u32,
): f64 {
  memory.copy(costs, own, variables << 2);
  let energy: f64 = 0.0;
  for (let g: u32 = 0; g < groups; g++) {
    const on = load<u32>(state + (g << 2));
    energy += <f64>load<i32>(costs + (on << 2));
    addLinks(costs, rows, links, on, 1);
  }
  return energy;
}

export function metropolisPotts(
  state: usize,
  costs: usize,
  generator: usize,
  starts: usize,
  rows: usize,
  links: usize,
  beta: f64,
  drop: f64,
  groups: u32,
): f64 {
  let change: f64 = 0.0;
  for (let g: u32 = 0; g < groups && change > drop; g++) {
    const first = load<u32>(starts + (g << 2));
    const others = load<u32>(starts + (g << 2), 4) - first - 1;
    if (others == 0) continue;
    const on = load<u32>(state + (g << 2));
    const drawn = first + nextBelow(generator, others);
    const to = drawn < on ? drawn : drawn + 1;
    const cost = load<i32>(costs + (to << 2)) - load<i32>(costs + (on << 2));
    if (cost > 0 && nextReal(generator) >= exponential(-beta * <f64>cost)) continue;
    change += move(state, costs, rows, links, g, on, to);
  }
  return change;
}

/** e^(−x), and 0 above 40. */
@inline
function weight(x: f64): f64 {
  return x > 40.0 ? 0.0 : exponential(-x);
}

export function glauberPotts(
  state: usize,
  costs: usize,
  generator: usize,
  starts: usize,
  rows: usize,
  links: usize,
  scratch: usize,
  beta: f64,
  drop: f64,
  groups: u32,
): f64 {
  let change: f64 = 0.0;
  for (let g: u32 = 0; g < groups && change > drop; g++) {
    const first = load<u32>(starts + (g << 2));
    const end = load<u32>(starts + (g << 2), 4);
    if (end - first == 1) continue;
    const least = load<i32>(costs + (cheapest(costs, first, end) << 2));
    let sum: f64 = 0.0;
    let at = scratch;
    for (let b = first; b < end; b++) {
      sum += weight(<f64>(load<i32>(costs + (b << 2)) - least) * beta);
      store<f64>(at, sum);
      at += 8;
    }
    const real = nextReal(generator) * sum;
    at = scratch;
    while (load<f64>(at) <= real) at += 8;
    const to = first + <u32>((at - scratch) >> 3);
    const on = load<u32>(state + (g << 2));
    if (to != on) change += move(state, costs, rows, links, g, on, to);
  }
  return change;
}

export function descendPotts(
  state: usize,
  costs: usize,
  starts: usize,
  rows: usize,
  links: usize,
  drop: f64,
  groups: u32,
): f64 {
  let change: f64 = 0.0;
  for (let g: u32 = 0; g < groups && change > drop; g++) {
    const first = load<u32>(starts + (g << 2));
    const to = cheapest(costs, first, load<u32>(starts + (g << 2), 4));
    const on = load<u32>(state + (g << 2));
    if (load<i32>(costs + (to << 2)) < load<i32>(costs + (on << 2))) {
      change += move(state, costs, rows, links, g, on, to);
    }
  }
  return change;
}

/** Q_ab·V_a for the two links at an address. */
@inline
function twoLinks(averages: usize, at: usize): v128 {
  const both = v128.load(at);
  const costs = f64x2.convert_low_i32x4_s(i32x4.shuffle(both, both, 1, 3, 1, 3));
  const low = v128.load64_zero(averages + (i32x4.extract_lane(both, 0) << 3));
  return f64x2.mul(costs, v128.load64_lane(averages + (i32x4.extract_lane(both, 2) << 3), low, 1));
}

/** own_b + Σ_a Q_ab V_a in four lanes. */
@inline
function averageCost(averages: usize, own: usize, rows: usize, links: usize, b: u32): f64 {
  const row = rows + (b << 2);
  let at = links + (load<u32>(row) << 3);
  const end = links + (load<u32>(row, 4) << 3);
  let low = f64x2.splat(0.0);
  let high = f64x2.splat(0.0);
  for (; at + 32 <= end; at += 32) {
    low = f64x2.add(low, twoLinks(averages, at));
    high = f64x2.add(high, twoLinks(averages, at + 16));
  }
  if (at + 16 <= end) {
    low = f64x2.add(low, twoLinks(averages, at));
    if (at + 16 < end) high = addLast(high, averages, at + 16);
  } else if (at < end) low = addLast(low, averages, at);
  const sums = f64x2.add(low, high);
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  return <f64>load<i32>(own + (b << 2)) + sum;
}

/** Adds a single link to the first lane. */
@inline
function addLast(sums: v128, averages: usize, at: usize): v128 {
  const term = <f64>load<i32>(at, 4) * load<f64>(averages + (load<u32>(at) << 3));
  return f64x2.replace_lane(sums, 0, f64x2.extract_lane(sums, 0) + term);
}

export function averagesPotts(
  averages: usize,
  own: usize,
  starts: usize,
  rows: usize,
  links: usize,
  scratch: usize,
  beta: f64,
  groups: u32,
): f64 {
  let squares: f64 = 0.0;
  for (let g: u32 = 0; g < groups; g++) {
    const first = load<u32>(starts + (g << 2));
    const size = load<u32>(starts + (g << 2), 4) - first;
    const end = scratch + (size << 3);
    let least: f64 = Infinity;
    let b = first;
    for (let at = scratch; at < end; at += 8) {
      const cost = averageCost(averages, own, rows, links, b++);
      store<f64>(at, cost);
      if (cost < least) least = cost;
    }
    let sum: f64 = 0.0;
    for (let at = scratch; at < end; at += 8) {
      const w = weight((load<f64>(at) - least) * beta);
      store<f64>(at, w);
      sum += w;
    }
    let out = averages + (first << 3);
    for (let at = scratch; at < end; at += 8) {
      const average = load<f64>(at) / sum;
      store<f64>(out, average);
      out += 8;
      squares += average * average;
    }
  }
  return squares;
}

export function likeliestPotts(state: usize, averages: usize, starts: usize, groups: u32): void {
  for (let g: u32 = 0; g < groups; g++) {
    const end = load<u32>(starts + (g << 2), 4);
    let best = load<u32>(starts + (g << 2));
    for (let b = best + 1; b < end; b++) {
      if (load<f64>(averages + (b << 3)) > load<f64>(averages + (best << 3))) best = b;
    }
    store<u32>(state + (g << 2), best);
  }
}
