/** An answer of the demo registry before it is written to the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Answers with JSON. */
export function replyJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** Answers with an error in the form of the OCI distribution specification 1.1, "Error Codes". */
export function replyError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return replyJson(status, { errors: [{ code, message, detail: null }] }, headers);
}

/**
 * Answers with a page of names and, where there are more, a Link to the next one (OCI distribution
 * specification, "Listing Tags"). `n` limits, `last` is the name before the first one.
 */
export function replyPage(
  path: string,
  query: URLSearchParams,
  names: readonly string[],
  document: (page: readonly string[]) => unknown,
): Reply {
  const wanted = query.get('n');
  if (wanted !== null && !/^\d{1,6}$/.test(wanted)) {
    return replyError(400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested');
  }
  const last = query.get('last');
  const rest = last === null ? names : names.filter((name) => name > last);
  const limit = wanted === null ? rest.length : Number(wanted);
  const page = rest.slice(0, limit);
  const end = page.at(-1);
  if (end === undefined || page.length === rest.length) return replyJson(200, document(page));
  const next = new URLSearchParams({ last: end, n: String(limit) });
  return replyJson(200, document(page), { link: `<${path}?${next}>; rel="next"` });
}

/** Answers with bytes, or with the one range of them that was asked for (RFC 9110, 14). */
export function replyBytes(
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  range: string | undefined,
): Reply {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return { status: 200, headers, body: bytes };
  const size = bytes.length;
  const from = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const to = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1);
  if (from > to) {
    const outside = { 'content-range': `bytes */${size}` };
    return { ...replyError(416, 'RANGE_INVALID', 'range is outside of the blob', outside) };
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${size}` },
    body: bytes.subarray(from, to + 1),
  };
}
