/** Controls, all of them HTML's own. */
import './controls.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: Readonly<Partial<Record<T, string>>>;
  onChange: (value: T) => void;
}

let groups = 0;

/** One of a few, side by side. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  // Not `useId`: what is drawn later may get the same.
  const [name] = useState(() => `choice-${++groups}`);
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div>
        {(Object.entries(options) as [T, string][]).map(([key, text]) => (
          <label key={key}>
            <input
              type="radio"
              name={name}
              checked={key === value}
              onChange={() => onChange(key)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of several, in a list that opens. */
export function Select<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {(Object.entries(options) as [T, string][]).map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SliderProps {
  label: string;
  value: number;
  least: number;
  most: number;
  step: number;
  /** The value as it is read. */
  text?: string;
  onInput: (value: number) => void;
}

export function Slider({ label, value, least, most, step, text, onInput }: SliderProps) {
  return (
    <label class="field slider">
      <span>
        {label} <b>{text ?? value}</b>
      </span>
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}

interface ButtonProps {
  onClick: () => void;
  children: ComponentChildren;
  /** The one that a panel is about. */
  main?: boolean;
  disabled?: boolean;
  label?: string;
}

export function Button({ onClick, children, main, disabled, label }: ButtonProps) {
  return (
    <button
      type="button"
      class={main ? 'main' : undefined}
      disabled={disabled}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

interface FileButtonProps {
  accept: string;
  onFile: (file: File) => void;
  children: ComponentChildren;
}

export function FileButton({ accept, onFile, children }: FileButtonProps) {
  return (
    <label class="file">
      <input
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <span>{children}</span>
    </label>
  );
}
