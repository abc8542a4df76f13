/** Trials in a module of their own, which workers load. */

export function coin({ p }, seed) {
  return { heads: Number(((seed * 2654435761) % 4294967296) / 4294967296 < p), seed };
}

export default ({ p }, seed) => {
  if (seed % 3 === 0) throw new RangeError('the coin rolled away');
  return p;
};

export const number = 7;
