/** Statements about scores. `$1` is the query, `$2` … `$5` the bound (bound.ts), its reach and nothing; who takes part stands behind. */
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import type { Similarity } from '../models/modern/options.ts';
import type { Label } from '../patterns/labels.ts';

/** Who takes part: a condition, and its parameters, which are the last ones of a statement. */
export interface Chosen {
  readonly labels?: readonly Label[];
  readonly indices?: readonly number[];
}

/** A condition whose parameters come behind `before` others. */
export function conditionOf(chosen: Chosen | undefined, before: number): [string, unknown[]] {
  const [$1, $2] = [`$${before + 1}`, `$${before + 2}`];
  if (chosen?.labels) {
    const texts = chosen.labels.filter((label) => typeof label === 'string');
    const numbers = chosen.labels.filter((label) => typeof label === 'number');
    return [
      `(label = any(${$1}::text[]) or label_number = any(${$2}::float8[]))`,
      [texts, numbers],
    ];
  }
  if (chosen?.indices) {
    const blocks = chosen.indices.map((index) => Math.floor(index / BLOCK_ROWS));
    const slots = chosen.indices.map((index) => index % BLOCK_ROWS);
    return [
      `(block, slot) in (select * from unnest(${$1}::int4[], ${$2}::int4[]))`,
      [blocks, slots],
    ];
  }
  return ['true', []];
}

/** Similarity as the database computes it. Its `<#>` is the negative of the product. */
function similaritySql(similarity: Similarity): string {
  if (similarity === 'dot') return '-(embedding <#> $1::vector)';
  if (similarity === 'cosine') return '-(embedding <#> $1::vector) / norm';
  return '-0.5::float8 * power(embedding <-> $1::vector, 2)';
}

/** The least that the similarity of the kernels can be, and the most (bound.ts). */
function rangeSql(similarity: Similarity): { low: string; high: string } {
  const v = similaritySql(similarity);
  if (similarity === 'euclidean') {
    // Never above 0.
    const low = `${v} * (1 + $2::float8) - $3::float8`;
    return { low, high: `${v} * (1 - $2::float8) + $3::float8` };
  }
  const e =
    similarity === 'dot' ? 'norm * $2::float8 + $3::float8' : '$2::float8 + $3::float8 / norm';
  return { low: `${v} - (${e})`, high: `${v} + (${e})` };
}

/** From here on slots are not listed: the whole block is read. */
const MOST_SLOTS = 512;

/**
 * The rows that may have a weight, a block a row: `rows` how many, `slots` which (null for many); `low` is at most the
 * largest similarity, c included. `$4` 40/β, `$5` c or null.
 */
export function candidatesSql(rows: string, similarity: Similarity, condition: string): string {
  const { low, high } = rangeSql(similarity);
  return (
    `with largest as (select greatest(max(${low}), $5::float8) as m from ${rows} where ${condition}) ` +
    'select block, count(*)::int4 as rows, m as low, ' +
    `case when count(*) <= ${MOST_SLOTS} then array_agg(slot order by slot) end as slots ` +
    `from ${rows}, largest where ${high} >= m - $4::float8 - abs(m) * 2e-7 and ${condition} ` +
    'group by block, m order by block'
  );
}

/**
 * The sums of each block (models/modern/blocks.ts) to rounding, all of them at once: m_b, its slot, Z, U, and S as the
 * mean of `rows` weighted rows, times 2⁷⁰ so that no product is too small for a single. `$2` β, `$3` d, `$4` v.
 */
export function sumsSql(
  rows: string,
  similarity: Similarity,
  condition: string,
  values: boolean,
): string {
  const mean = (column: string, size: string) =>
    `avg(${column} * array_fill((w * 2::float8 ^ 70)::real, array[${size}])::vector)`;
  const value = values ? 'value, ' : '';
  const v = similaritySql(similarity);
  // Scores twice rather than carried about with rows through a window; "offset 0" keeps them from being computed again for
  // each sum.
  return (
    'select block, max(m) as largest, min(slot) filter (where v = m) as slot, count(*)::int4 as rows, ' +
    `sum(w) as z, sum(w * t) as u, ${mean('embedding', '$3::int4')}::text as state` +
    `${values ? `, ${mean('value', '$4::int4')}::text as value` : ''} from ` +
    `(select block, slot, embedding, ${value}v, m, t, exp(t) as w from ` +
    `(select block, slot, embedding, ${value}v, m, $2::float8 * (v - m) as t from ` +
    `(select block, slot, embedding, ${value}${v} as v from ${rows} where ${condition} offset 0) a ` +
    `join (select block, max(${v}) as m from ${rows} where ${condition} group by block) b using (block)) c ` +
    'where t >= -40 offset 0) d group by block order by block'
  );
}
