/** Numbers behind a picture. */
import { TEXTS } from '../texts.ts';
import { Behind } from './behind.tsx';

interface Props {
  label: string;
  head: readonly string[];
  rows: () => readonly (readonly (string | number)[])[];
}

export function Table({ label, head, rows }: Props) {
  const text = () => (
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
  );
  return <Behind label={label} text={text} />;
}
