import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { kernels } from '../../src/kernels/reference/index.ts';

const REFERENCE = 'src/kernels/reference';
const EQUALITY = 'test/kernels/equality';

function filesIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
}

function source(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function parameters(node: ts.SignatureDeclaration): string[] {
  return node.parameters.map(({ name }) => name.getText());
}

/** The functions a file exports, with the names of their parameters. */
function exportedFunctions(path: string): Record<string, string[]> {
  const functions: Record<string, string[]> = {};
  for (const node of source(path).statements) {
    if (!ts.isFunctionDeclaration(node) || !node.name) continue;
    const modifiers = ts.getModifiers(node) ?? [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    functions[node.name.text] = parameters(node);
  }
  return functions;
}

/** What assembly/index.ts exports from each file. */
function exportList(): Record<string, string[]> {
  const families: Record<string, string[]> = {};
  for (const node of source('assembly/index.ts').statements) {
    if (!ts.isExportDeclaration(node) || !node.exportClause || !node.moduleSpecifier) {
      throw new Error(`assembly/index.ts holds ${node.getText()}`);
    }
    if (!ts.isNamedExports(node.exportClause)) throw new Error(`a star: ${node.getText()}`);
    const file = node.moduleSpecifier.getText().replace(/^["']\.\/|["']$/g, '');
    families[file] = node.exportClause.elements.map(({ name }) => name.text);
  }
  return families;
}

/** The methods of the interface, with the names of their parameters. */
function declared(): Record<string, string[]> {
  const methods: Record<string, string[]> = {};
  for (const node of source('src/kernels/abi.ts').statements) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'Kernels') continue;
    for (const member of node.members) {
      if (!ts.isMethodSignature(member)) throw new Error(`not a method: ${member.getText()}`);
      methods[member.name.getText()] = parameters(member);
    }
  }
  return methods;
}

const families = exportList();
const abi = declared();

/** Files of assembly/ that hold no kernel, but what kernels of several families have in common. */
const HELPERS = ['rows'];

test('assembly and reference have the same files, and each has its equality test', () => {
  const expected = Object.keys(families).sort();
  expect(
    filesIn('assembly')
      .map((file) => file.replace('.ts', ''))
      .sort(),
  ).toEqual([...expected, ...HELPERS].sort());
  expect(
    filesIn(REFERENCE)
      .map((file) => file.replace('.ts', ''))
      .sort(),
  ).toEqual(expected);
  expect(
    filesIn(EQUALITY)
      .map((file) => file.replace('.test.ts', ''))
      .sort(),
  ).toEqual(expected);
});

test('assembly/index.ts exports what abi.ts declares and the reference has', () => {
  const exported = Object.values(families).flat().sort();
  expect(exported).toEqual(Object.keys(abi).sort());
  expect(exported).toEqual(Object.keys(kernels).sort());
});

describe.each(Object.entries(families))('%s', (file, names) => {
  const pick = (functions: Record<string, string[]>, drop: number) =>
    Object.fromEntries(
      Object.entries(functions)
        .filter(([name]) => name in abi)
        .map(([name, list]) => [name, list.slice(drop)]),
    );
  const expected = Object.fromEntries(names.map((name) => [name, abi[name]]));

  test('the assembly file has these kernels, with the parameters of abi.ts', () => {
    expect(pick(exportedFunctions(`assembly/${file}.ts`), 0)).toEqual(expected);
  });

  test('the reference file has the same, behind the memory', () => {
    expect(pick(exportedFunctions(`${REFERENCE}/${file}.ts`), 1)).toEqual(expected);
  });
});
