/** A memory by its name, and its parameter where it has one. */
import { MODELS, modelOf, modelText, type ModelName } from '../models.ts';
import { TEXTS } from '../texts.ts';
import { Select, Slider } from './controls.tsx';

interface Props {
  model: string;
  size: number;
  label?: string;
  onChange: (model: string) => void;
}

export function ModelChoice({ model, size, label = TEXTS.recall.model, onChange }: Props) {
  const { name, value, parameter } = modelOf(model);
  const fit = MODELS.filter((one) => one === name || modelOf(one).largest >= size);
  const options = Object.fromEntries(fit.map((one) => [one, TEXTS.models[one]])) as Record<
    ModelName,
    string
  >;
  return (
    <>
      <Select
        label={label}
        value={name}
        options={options}
        onChange={(one) => onChange(modelText(one))}
      />
      {parameter && (
        <Slider
          label={TEXTS.parameters[name]!}
          value={value}
          least={parameter.least}
          most={parameter.most}
          step={parameter.step}
          onInput={(next) => onChange(modelText(name, next))}
        />
      )}
    </>
  );
}
