/** Numbers behind a picture. */
import { useState } from 'preact/hooks';
import { TEXTS } from '../texts.ts';

interface Props {
  label: string;
  head: readonly string[];
  rows: () => readonly (readonly (string | number)[])[];
}

export function Table({ label, head, rows }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <details class="text" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        {TEXTS.ui.asText}
        <span class="hidden">: {label}</span>
      </summary>
      {shown && (
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map((row, k) => (
                <tr key={k}>
                  {row.map((value, i) => (
                    <td key={i}>{typeof value === 'number' ? TEXTS.number(value) : value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
