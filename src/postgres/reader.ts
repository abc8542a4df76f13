/** Blocks of rows, from the table to linear memory, one at a time: the rows that are wanted, at their places. */
import type { ModernGroup } from '../kernels/groups/modern.ts';
import { widthOf } from '../kernels/layout.ts';
import type { Machine } from '../kernels/open.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import type { RowsAt } from '../models/modern/rows-at.ts';
import type { Row, Session } from './client.ts';
import { conditionOf, type Chosen } from './statements.ts';
import type { TablePlan } from './table.ts';

/** Numbers that are asked for at once. */
const PAGE_NUMBERS = 2 ** 21;

/** Which rows of a block: these slots, upwards, or all that take part. */
export interface Wanted {
  readonly block: number;
  readonly slots: readonly number[] | undefined;
}

/** Rows to be had with one question: some of one block or several, or a stretch of one. */
interface Page {
  readonly blocks: number[];
  readonly slots: number[];
  /** Slots from … to − 1, all of them. */
  readonly stretch?: readonly [number, number];
}

export class TableReader {
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: TablePlan;
  readonly #rows: string;
  readonly #width: number;
  readonly #valueWidth: number;
  /** Room for a block in linear memory, taken when it is needed: vectors, values, factors, mask. */
  #room: { vectors: number; values: number; factors: number; mask: number } | undefined;

  constructor(machine: Machine<ModernGroup>, rows: string, plan: TablePlan) {
    this.#machine = machine;
    this.#plan = plan;
    this.#rows = rows;
    this.#width = widthOf(plan.dimension);
    this.#valueWidth = widthOf(plan.valueDimension ?? 0);
  }

  /** Calls `use` with each of these blocks in memory, of rising numbers. */
  async each(
    session: Session,
    chosen: Chosen | undefined,
    wanted: readonly Wanted[],
    use: (at: RowsAt) => void,
  ): Promise<void> {
    const room = (this.#room ??= this.#takeRoom());
    let block = -1;
    let count = 0;
    const done = () => {
      if (count > 0) use(this.#at(room, block, count));
      count = 0;
    };
    for (const page of this.#pages(wanted)) {
      for (const row of await this.#ask(session, chosen, page)) {
        const slot = Number(row.slot);
        if (Number(row.block) !== block) {
          done();
          block = Number(row.block);
          this.#machine.memory.views.u8.fill(0, room.mask, room.mask + BLOCK_ROWS);
        }
        this.#place(row, slot);
        count = slot + 1;
      }
    }
    done();
  }

  #takeRoom() {
    const { memory } = this.#machine;
    const take = (bytes: number) => {
      if (bytes === 0) return 0;
      const address = memory.reserve(bytes);
      // Places where no row is are numbers too.
      memory.views.u8.fill(0, address, address + bytes);
      return address;
    };
    return {
      vectors: take(BLOCK_ROWS * this.#width * 4),
      values: take(BLOCK_ROWS * this.#valueWidth * 4),
      factors: this.#plan.similarity === 'cosine' ? take(BLOCK_ROWS * 4) : 0,
      mask: take(BLOCK_ROWS),
    };
  }

  *#pages(wanted: readonly Wanted[]): Generator<Page> {
    const most = Math.ceil(PAGE_NUMBERS / (this.#width + this.#valueWidth));
    let page: Page = { blocks: [], slots: [] };
    for (const { block, slots } of wanted) {
      for (const slot of slots ?? []) {
        page.blocks.push(block);
        page.slots.push(slot);
        if (page.slots.length < most) continue;
        yield page;
        page = { blocks: [], slots: [] };
      }
      if (slots) continue;
      if (page.slots.length > 0) yield page;
      page = { blocks: [], slots: [] };
      for (let from = 0; from < BLOCK_ROWS; from += most) {
        yield { blocks: [block], slots: [], stretch: [from, from + most] };
      }
    }
    if (page.slots.length > 0) yield page;
  }

  #ask({ ask }: Session, chosen: Chosen | undefined, { blocks, slots, stretch }: Page) {
    const column = (name: string) => `encode(vector_send(${name}), 'base64') as ${name}`;
    const columns = `block, slot, norm, ${column('embedding')}${this.#valueWidth > 0 ? `, ${column('value')}` : ''}`;
    const order = 'order by block, slot';
    if (!stretch) {
      return ask(
        `select ${columns} from unnest($1::int4[], $2::int4[]) as w (block, slot) ` +
          `join ${this.#rows} using (block, slot) ${order}`,
        [blocks, slots],
      );
    }
    const [condition, params] = conditionOf(chosen, 3);
    return ask(
      `select ${columns} from ${this.#rows} where block = $1::int4 and slot >= $2::int4 ` +
        `and slot < $3::int4 and ${condition} ${order}`,
      [blocks[0], ...stretch, ...params],
    );
  }

  #place(row: Row, slot: number): void {
    const { vectors, values, factors, mask } = this.#room!;
    const { views } = this.#machine.memory;
    decode(views.u8, vectors + slot * this.#width * 4, String(row.embedding));
    if (values > 0) decode(views.u8, values + slot * this.#valueWidth * 4, String(row.value));
    if (factors > 0) views.f32[(factors >>> 2) + slot] = 1 / Number(row.norm);
    views.u8[mask + slot] = 1;
  }

  #at(
    room: { vectors: number; values: number; factors: number; mask: number },
    first: number,
    count: number,
  ): RowsAt {
    const { vectors: rows, values, factors, mask } = room;
    return {
      count,
      width: this.#width,
      rows,
      values,
      valueWidth: this.#valueWidth,
      factors,
      mask,
      first,
    };
  }
}

/** What `vector_send` makes: two numbers of 16 bits, then singles, all with the highest byte first. */
function decode(u8: Uint8Array, at: number, base64: string): void {
  const bytes = atob(base64);
  for (let k = 4; k < bytes.length; k++) u8[at + ((k - 4) ^ 3)] = bytes.charCodeAt(k);
}
