import ts from 'typescript';
import { productSources, report } from './sources.ts';

/** Attributes whose text a person reads or hears. */
const SPOKEN = /^(aria-label|aria-description|title|placeholder|label|alt|description|error)$/;
const LETTERS = /\p{L}{2}/u;

/** Finds words in the window's code that do not come from the catalogue. */
function literalsIn(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && LETTERS.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      SPOKEN.test(node.name.getText(file)) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      LETTERS.test(node.initializer.text)
    ) {
      found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const example = literalsIn('example.tsx', 'export const a = <p title="Two words">Hello</p>;');
const problems = productSources()
  .filter(({ path }) => path.endsWith('.tsx'))
  .flatMap(({ path, text }) =>
    literalsIn(path, text).map((words) => `${path}: not from the catalogue: ${words}`),
  );
if (example.length !== 2) problems.push('the failing example does not fail');
report('words', 'all text of the window comes from the catalogue', problems);
