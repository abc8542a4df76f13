import { test } from 'vitest';
import { GradedHopfieldNetwork, Random } from '../../../src/index.ts';
test('try', () => {
  const random = new Random(1);
  for (const [n, p, gain] of [[100, 5, 10], [1000, 50, 10], [1000, 50, 100], [1000,100,2]] as const) {
    for (const accuracy of [0.1, 0.01, 1e-3, 1e-5]) {
      const patterns = new Random(1).signs(n * p);
      const net = new GradedHopfieldNetwork(n, { gain });
      net.store(patterns);
      const cue = patterns.slice(0, n); const r = new Random(3);
      for (let i = 0; i < n; i++) if (r.real() < 0.15) cue[i] *= -1;
      net.recall(cue);
      const t = performance.now();
      const x = net.recall(cue, { accuracy });
      const ms = performance.now() - t;
      console.log(n, p, gain, accuracy, x.converged, x.steps, x.evaluations, x.time.toFixed(2), x.energy, x.match, x.derivative, ms.toFixed(2), 'ms');
    }
  }
  const n = 12;
  const T = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) T[i][j] = T[j][i] = (random.real() - 0.5) * 100;
  const net = GradedHopfieldNetwork.fromCouplings(T, { activation: 'logistic', gain: 50, inputs: 3 });
  const x = net.run(Array.from({ length: n }, () => random.real() - 0.5));
  console.log(x, net.energy(x.outputs));
});
