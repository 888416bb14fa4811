import { CST, Lexer } from 'yaml';
import { DEEPEST_NESTING, EditRefused } from './editor.ts';

/**
 * Refuses a YAML text that is nested too deeply, before its parser calls itself once per level: near the end of the
 * stack V8 may end the whole process. The lexer does not call itself.
 *
 * In block style, what is nested begins further to the right: so neither the indentation of a line nor the indicators
 * in it (`-`, `?`, `:`) may be many.
 */
export function checkYamlNesting(text: string): void {
  let line = 1;
  let indicators = 0;
  let brackets = 0;
  for (const token of new Lexer().lex(text)) {
    switch (CST.tokenType(token)) {
      case 'newline':
        line += 1;
        indicators = 0;
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        brackets += 1;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        brackets = Math.max(0, brackets - 1);
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'map-value-ind':
        indicators += 1;
        break;
      case 'space':
        if (indicators === 0 && token.length > DEEPEST_NESTING) indicators = token.length;
        break;
    }
    if (brackets > DEEPEST_NESTING || indicators > DEEPEST_NESTING) {
      throw new EditRefused('unparsable', `${line}:1`);
    }
  }
}
