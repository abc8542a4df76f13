/** Numbers with their names, as bars; a table for who does not see them. */
import './bars.css';

export interface Bar {
  name: string;
  /** As it is read. */
  text: string;
  /** 0 to 1 of the width; of signed ones −1 to 1, from the middle. */
  share: number;
  best?: boolean;
}

interface Props {
  caption: string;
  bars: readonly Bar[];
  signed?: boolean;
}

export function Bars({ caption, bars, signed = false }: Props) {
  const span = (share: number) =>
    signed
      ? { left: `${50 + 50 * Math.min(0, share)}%`, width: `${50 * Math.abs(share)}%` }
      : { left: 0, width: `${100 * share}%` };
  return (
    <table class={signed ? 'bars signed' : 'bars'}>
      <caption>{caption}</caption>
      <tbody>
        {bars.map(({ name, text, share, best }, k) => (
          <tr key={k} class={best ? 'best' : undefined}>
            <th scope="row">{name}</th>
            <td class="bar" aria-hidden="true">
              <i style={span(share)} />
            </td>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
