/** Several modules as one. */
import { checkBoolean } from '../checks.ts';
import { checkTrainable, type NamedTensors, type Trainable } from './module.ts';

/**
 * The parameters of several modules together, each named `module.parameter`, as PyTorch names those of a model's parts;
 * to be stepped, saved and loaded as one. Setting `training` sets that of each.
 *
 * ```ts
 * const model = group({ pooling, output });   // pooling.…, output.weight, output.bias
 * ```
 *
 * @param modules - modules, or groups, by name; a name has no dots, so that no two parameters get the same
 * @throws TypeError for what is no module, RangeError for a name that is empty or has dots
 */
export function group(modules: Readonly<Record<string, Trainable>>): Trainable {
  const entries = Object.entries(modules);
  for (const [name, module] of entries) {
    if (name === '' || name.includes('.')) {
      throw new RangeError(`a module is named '${name}', expected a name without dots`);
    }
    checkTrainable(module, name);
  }
  const joined = (tensorsOf: (module: Trainable) => NamedTensors): NamedTensors =>
    Object.fromEntries(
      entries.flatMap(([name, module]) =>
        Object.entries(tensorsOf(module)).map(([own, value]) => [`${name}.${own}`, value]),
      ),
    );
  return {
    get training() {
      return entries.some(([, module]) => module.training);
    },
    set training(training: boolean) {
      checkBoolean(training, 'training');
      for (const [, module] of entries) {
        if (module.training !== undefined) module.training = training;
      }
    },
    parameters: () => joined((module) => module.parameters()),
    gradients: () => joined((module) => module.gradients()),
    zeroGradients: () => entries.forEach(([, module]) => module.zeroGradients()),
  };
}
