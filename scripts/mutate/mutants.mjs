// The faults that can be planted in a source file: each is one small change of its text.
import ts from 'typescript';

/** What an operator is exchanged for. */
const EXCHANGES = new Map(
  Object.entries({
    '<': ['<=', '>='],
    '<=': ['<', '>'],
    '>': ['>=', '<='],
    '>=': ['>', '<'],
    '===': ['!=='],
    '!==': ['==='],
    '+': ['-'],
    '-': ['+'],
    '*': ['/'],
    '/': ['*'],
    '%': ['*'],
    '+=': ['-='],
    '-=': ['+='],
    '*=': ['/='],
    '/=': ['*='],
    '&&': ['||'],
    '||': ['&&'],
    '&': ['|'],
    '|': ['&'],
    '^': ['|'],
  }),
);

/** Methods of `Math` and of arrays that are mistaken for each other. */
const TWINS = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  some: 'every',
  every: 'some',
};

/** Whether a number says how much memory is taken: more than is used is no fault. */
function isRoom(node) {
  for (let at = node; ts.isExpression(at); at = at.parent) {
    if (ts.isCallExpression(at) && /\b(take|allocate)$/.test(at.expression.getText())) return true;
  }
  return false;
}

/**
 * Faults of a file, in the order of its text: `start` and `end` of what goes, the `text` that comes, and `block`, the
 * index in `blocks` of the innermost function or block around it (−1: runs when the module is read).
 */
export function faultsOf(source, name) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true);
  const faults = [];
  const blocks = [];
  const blockOf = new Map();
  const enclosing = (node) => {
    for (let at = node; at; at = at.parent) {
      const body = ts.isBlock(at) || (ts.isArrowFunction(at.parent ?? at) && at.parent.body === at);
      if (!body) continue;
      if (!blockOf.has(at)) {
        blockOf.set(at, blocks.length);
        blocks.push({ start: at.getStart(file), end: at.end, braces: ts.isBlock(at) });
      }
      return blockOf.get(at);
    }
    return -1;
  };
  const add = (node, start, end, text) => {
    if (source.slice(start, end) !== text)
      faults.push({ start, end, text, block: enclosing(node) });
  };
  const replace = (node, text) => add(node, node.getStart(file), node.end, text);
  const condition = (node) => {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return;
    replace(node, 'false');
    replace(node, 'true');
  };

  const visit = (node) => {
    // Types, imports and what messages say are no behaviour to be tested here.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isThrowStatement(node) || ts.isTemplateExpression(node)) return;
    if (ts.isBinaryExpression(node)) {
      const { operatorToken, left, right } = node;
      for (const other of EXCHANGES.get(operatorToken.getText(file)) ?? []) {
        const words = [left, right].some(
          (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
        );
        if (other === '-' && words) continue;
        add(node, operatorToken.getStart(file), operatorToken.end, other);
      }
      if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
        replace(node, left.getText(file));
    } else if (ts.isPrefixUnaryExpression(node)) {
      const { operator, operand } = node;
      if (operator === ts.SyntaxKind.MinusToken || operator === ts.SyntaxKind.ExclamationToken) {
        replace(node, operand.getText(file));
      }
    } else if (ts.isNumericLiteral(node)) {
      const shift =
        ts.isBinaryExpression(node.parent) &&
        /[<>]{2}/.test(node.parent.operatorToken.getText(file));
      const key = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      if (!shift && !key && !isRoom(node))
        replace(node, node.text === '1' ? '0' : `(${node.getText(file)} + 1)`);
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    else if (ts.isIfStatement(node)) condition(node.expression);
    else if (ts.isConditionalExpression(node)) condition(node.condition);
    else if (ts.isWhileStatement(node)) replace(node.expression, 'false');
    else if (ts.isExpressionStatement(node)) {
      // `void name;` stands for a parameter that nothing reads.
      if (!ts.isVoidExpression(node.expression)) replace(node, ';');
    } else if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) {
      if (!ts.isCaseOrDefaultClause(node.parent)) replace(node, ';');
    } else if (ts.isCallExpression(node)) {
      const [a, b] = node.arguments;
      const symmetric = /^Math\.(max|min|hypot|imul)$/.test(node.expression.getText(file));
      if (
        b &&
        !symmetric &&
        !ts.isSpreadElement(a) &&
        !ts.isSpreadElement(b) &&
        !ts.isFunctionLike(b)
      ) {
        add(node, a.getStart(file), b.end, `${b.getText(file)}, ${a.getText(file)}`);
      }
      const { expression } = node;
      if (ts.isPropertyAccessExpression(expression)) {
        const twin = Object.hasOwn(TWINS, expression.name.text) && TWINS[expression.name.text];
        if (twin) replace(expression.name, twin);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  faults.sort((a, b) => a.start - b.start || a.end - b.end);
  return { faults, blocks };
}

/** Turns of a loop after which it is taken for endless. */
const TURNS = 20_000_000;

/** The text with a fault planted, in which loops that do not end throw. */
export function planted(source, fault, name) {
  const edits = [{ at: fault.start, end: fault.end, text: fault.text }];
  const insert = (at, text) => {
    if (at <= fault.start || at >= fault.end) edits.push({ at, end: at, text });
  };
  const visit = (node) => {
    const loop =
      ts.isForStatement(node) ||
      ts.isForOfStatement(node) ||
      ts.isWhileStatement(node) ||
      ts.isDoStatement(node);
    if (loop && !ts.isLabeledStatement(node.parent) && ts.isBlock(node.statement)) {
      const turns = `turns${node.pos}`;
      insert(node.getStart(), `{ let ${turns} = 0; `);
      const guard = `if (++${turns} > ${TURNS}) throw new Error('endless');`;
      insert(node.statement.getStart() + 1, guard);
      insert(node.end, '}');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true));
  // From the back; where a loop ends behind another the inner one comes first, either way the same text.
  edits.sort((a, b) => b.at - a.at || b.end - a.end);
  return edits.reduce(
    (text, { at, end, text: put }) => text.slice(0, at) + put + text.slice(end),
    source,
  );
}

/** Where a fault is and what it does, as one line each: the line as it was, and as it is with the fault. */
export function described(source, fault) {
  const from = source.lastIndexOf('\n', fault.start - 1) + 1;
  const to = source.indexOf('\n', fault.end);
  const line = source.slice(0, fault.start).split('\n').length;
  const short = (text) => text.replaceAll(/\s+/g, ' ').trim();
  const was = short(source.slice(from, to));
  const now = short(source.slice(from, fault.start) + fault.text + source.slice(fault.end, to));
  return { line, was, now };
}

/** The text with a mark left by each block that runs: `first` + its index in `globalThis.hopfieldHits`. */
export function marked(source, blocks, first) {
  const inserts = blocks.flatMap(({ start, end, braces }, k) => {
    const mark = `globalThis.hopfieldHits[${first + k}] = 1`;
    if (braces) return [{ at: start + 1, text: `${mark};`, order: 0 }];
    return [
      { at: start, text: `(${mark}, `, order: -start },
      { at: end, text: ')', order: 1 },
    ];
  });
  inserts.sort((a, b) => b.at - a.at || a.order - b.order);
  let text = source;
  for (const { at, text: mark } of inserts) text = text.slice(0, at) + mark + text.slice(at);
  return text;
}
