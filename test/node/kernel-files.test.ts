import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { GROUPS, KERNELS } from '../kernels/machines.ts';

const REFERENCE = 'src/kernels/reference';
const ABI = 'src/kernels/abi';
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

type Families = Record<string, string[]>;

/** What a group's file in assembly/groups exports from each file of kernels. */
function exportList(group: string): Families {
  const path = `assembly/groups/${group}`;
  const families: Families = {};
  for (const node of source(path).statements) {
    if (!ts.isExportDeclaration(node) || !node.exportClause || !node.moduleSpecifier) {
      throw new Error(`${path} holds ${node.getText()}`);
    }
    if (!ts.isNamedExports(node.exportClause)) throw new Error(`a star: ${node.getText()}`);
    const file = node.moduleSpecifier.getText().replace(/^["']\.\.\/|["']$/g, '');
    families[file] = node.exportClause.elements.map(({ name }) => name.text);
  }
  return families;
}

/** What all groups export from each file, each kernel once. */
function joined(lists: readonly Families[]): Families {
  const families: Families = {};
  for (const [file, names] of lists.flatMap((list) => Object.entries(list))) {
    families[file] = [...new Set([...(families[file] ?? []), ...names])];
  }
  return families;
}

/** The methods of all interfaces, with the names of their parameters. */
function declared(): Record<string, string[]> {
  const methods: Record<string, string[]> = {};
  for (const file of filesIn(ABI)) {
    for (const node of source(`${ABI}/${file}`).statements) {
      if (!ts.isInterfaceDeclaration(node)) continue;
      for (const member of node.members) {
        if (!ts.isMethodSignature(member)) throw new Error(`not a method: ${member.getText()}`);
        methods[member.name.getText()] = parameters(member);
      }
    }
  }
  return methods;
}

const groups = readdirSync('assembly/groups');
const families = joined(groups.map(exportList));
const abi = declared();

test('assembly, interfaces and reference have the same files, and each has its equality test', () => {
  const expected = Object.keys(families).sort();
  // A file of helpers has no kernel in it.
  const withKernels = filesIn('assembly').filter((file) =>
    Object.keys(exportedFunctions(`assembly/${file}`)).some((name) => name in abi),
  );
  expect(withKernels.map((file) => file.replace('.ts', '')).sort()).toEqual(expected);
  expect(
    filesIn(REFERENCE)
      .map((file) => file.replace('.ts', ''))
      .sort(),
  ).toEqual(expected);
  expect(
    filesIn(ABI)
      .map((file) => file.replace('.ts', ''))
      .sort(),
  ).toEqual(expected);
  expect(
    filesIn(EQUALITY)
      .map((file) => file.replace('.test.ts', ''))
      .sort(),
  ).toEqual(expected);
});

test('groups export what the interfaces declare', () => {
  const exported = Object.values(families).flat().sort();
  expect(exported).toEqual(Object.keys(abi).sort());
  expect(exported).toEqual(KERNELS);
});

test('each group has a file in assembly and in src, with the same kernels', () => {
  expect(groups.map((file) => file.replace('.ts', ''))).toEqual(Object.keys(GROUPS).sort());
  expect(readdirSync('src/kernels/groups')).toEqual(groups);
  for (const [name, { twins }] of Object.entries(GROUPS)) {
    const exported = Object.values(exportList(`${name}.ts`)).flat();
    expect(exported.sort()).toEqual(Object.keys(twins).sort());
  }
});

describe.each(Object.entries(families))('%s', (file, names) => {
  const pick = (functions: Record<string, string[]>, drop: number) =>
    Object.fromEntries(
      Object.entries(functions)
        .filter(([name]) => name in abi)
        .map(([name, list]) => [name, list.slice(drop)]),
    );
  const expected = Object.fromEntries(names.map((name) => [name, abi[name]]));

  test('the assembly file has these kernels, with the parameters of the interface', () => {
    expect(pick(exportedFunctions(`assembly/${file}.ts`), 0)).toEqual(expected);
  });

  test('the reference file has the same, behind the memory', () => {
    expect(pick(exportedFunctions(`${REFERENCE}/${file}.ts`), 1)).toEqual(expected);
  });
});
