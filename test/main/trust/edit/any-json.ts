import fc from 'fast-check';

/** Any JSON with its layout at random: odd indentation, Windows line ends, keys that are dangerous in JavaScript. */
export function anyJsonText(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const layout = fc.record({
    indent: fc.constantFrom('', ' ', '\t', '  ', '    ', ' \t'),
    head: fc.constantFrom('', '\n', '  '),
    tail: fc.constantFrom('', '\n', '\r\n', ' \n\n'),
    crlf: fc.boolean(),
    airy: fc.boolean(),
  });
  return fc.tuple(value, layout).map(([data, { indent, head, tail, crlf, airy }]) => {
    let text = JSON.stringify(data, null, indent);
    if (airy && indent === '') text = text.replace(/^\{(?=.)/, '{ ').replace(/(?<=.)\}$/, ' }');
    text = head + text + tail;
    return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
  });
}

/** Names of keys that other programs have stumbled over. */
export const oddNames = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', 'café ☕', '"', '\\', '\u2028'),
  fc.string({ maxLength: 8 }),
);
