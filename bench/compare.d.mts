export interface SavedTiming {
  what: string;
  low: number;
  median: number;
  high: number;
  runs: number;
}

export interface SavedRun {
  timings: SavedTiming[];
  pace: number;
}

export interface Change {
  what: string;
  before: number;
  after: number;
  ratio: number;
  noise: number;
  verdict: 'slower' | 'faster' | 'same';
}

export function compare(
  before: SavedRun,
  after: SavedRun,
): { machine: number; changes: Change[]; gone: string[]; added: string[] };
export function readSaved(text: string): SavedRun;
