/** A module without some of its parameters. */
import { describe } from '../checks.ts';
import { checkTrainable, type NamedTensors, type Trainable } from './module.ts';

/**
 * The module with fewer parameters: what is left out is not stepped, saved or loaded. It shares everything with the module,
 * which stays as it is; to freeze a parameter, leave it out of every step:
 *
 * ```ts
 * adam.step(without(model, 'pooling.state.patterns')); // or 'pooling', all of its parameters
 * ```
 *
 * @param module - a module, or a group of them
 * @param names - names of parameters, or their beginnings before a dot
 * @throws TypeError for the wrong kind of thing, RangeError for a name that no parameter has
 */
export function without(module: Trainable, names: string | readonly string[]): Trainable {
  checkTrainable(module, 'module');
  const left: unknown = typeof names === 'string' ? [names] : names;
  if (!Array.isArray(left)) {
    throw new TypeError(`names are ${describe(left)}, expected a name or an array of names`);
  }
  const own = Object.keys(module.parameters());
  const out = new Set<string>();
  for (const name of left as unknown[]) {
    if (typeof name !== 'string') {
      throw new TypeError(`a name is ${describe(name)}, expected a string`);
    }
    const meant = own.filter((other) => other === name || other.startsWith(`${name}.`));
    if (meant.length === 0) {
      throw new RangeError(
        `module has no ${name}, expected some of ${own.join(', ') || 'no parameters'}`,
      );
    }
    for (const other of meant) out.add(other);
  }
  const rest = (tensors: NamedTensors): NamedTensors =>
    Object.fromEntries(Object.entries(tensors).filter(([name]) => !out.has(name)));
  return {
    get training() {
      return module.training ?? false;
    },
    set training(training: boolean) {
      if (module.training !== undefined) module.training = training;
    },
    parameters: () => rest(module.parameters()),
    gradients: () => rest(module.gradients()),
    // All of them: a gradient that is never zeroed grows until it is no number.
    zeroGradients: () => module.zeroGradients(),
  };
}
