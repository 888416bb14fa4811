/** A sentence of the catalogue; what stands between backticks is code, as it is in the terminal. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return parts.map((part, index) =>
    index % 2 === 1 && index < parts.length - 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <code key={index} dir="ltr">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
