/** The common name in a distinguished name written in one line; the whole line when it has none. */
export function commonName(distinguishedName: string): string {
  const match = /(?:^|[,/+\n]\s*)CN\s*=\s*("(?:[^"\\]|\\.)*"|(?:\\.|[^,/+\n\\])+)/i.exec(
    distinguishedName,
  );
  const value = match?.[1]?.trim();
  return value ? value.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1') : distinguishedName;
}
