/** The parts of a path as engines clean it, with Go's `filepath.Clean`: no empty ones, no `.`, and `..` takes one back, but not above the root. */
export function cleanParts(path: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from <= path.length; ) {
    const end = path.indexOf(0x2f, from);
    const to = end < 0 ? path.length : end;
    const part = path.subarray(from, to);
    from = to + 1;
    if (part.length === 2 && part[0] === 0x2e && part[1] === 0x2e) parts.pop();
    else if (part.length > 1 || (part.length === 1 && part[0] !== 0x2e)) parts.push(part);
  }
  return parts;
}
