/** The built-in experiments by name: one more is a file beside this one, and a line here. */
import { attention } from './attention.ts';
import { capacity } from './capacity.ts';
import { damage } from './damage.ts';
import { dreams } from './dreams.ts';
import { forgetting } from './forgetting.ts';
import { interference } from './interference.ts';
import { models } from './models.ts';
import { noise } from './noise.ts';
import { optimise } from './optimise.ts';
import { reconstruction } from './reconstruction.ts';
import { spurious } from './spurious.ts';
import { temperature } from './temperature.ts';

export const EXPERIMENTS = {
  capacity,
  models,
  noise,
  damage,
  temperature,
  spurious,
  interference,
  forgetting,
  reconstruction,
  dreams,
  attention,
  optimise,
} as const;

export type ExperimentName = keyof typeof EXPERIMENTS;
