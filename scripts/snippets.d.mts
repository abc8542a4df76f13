export interface Block {
  line: number;
  code: string;
  solution?: string;
}

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function snippets(page: string): { js: Block[]; ts: Block[] };
export function faultOf(block: Block, execute: (code: string) => Outcome): string | undefined;
