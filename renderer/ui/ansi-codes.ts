const esc = '\u001b';
const bell = '\u0007';

/** A line without any control sequence but its colours: links, titles and cursor movements mean nothing in a list of lines. Takes linear time. */
export function keepColours(line: string): string {
  const [text = '', ...sequences] = line.split(esc);
  return text + sequences.map(withoutSequence).join('');
}

// what comes after an escape sign, up to the next one
function withoutSequence(after: string): string {
  const kind = after[0] ?? '';
  if (kind === '[') return withoutCursor(after);
  // an operating system command ends at a bell, or at an escape sign with a backslash
  if (kind === ']') return after.includes(bell) ? after.slice(after.indexOf(bell) + 1) : '';
  // other strings for the terminal itself
  if ('PX^_'.includes(kind)) return '';
  return after.replace(/^[ -/]*[0-~]?/, '');
}

function withoutCursor(after: string): string {
  const [whole = '', parameters = '', between, end] = /^\[([0-?]*)([ -/]*)([@-~]?)/.exec(after) ?? [];
  const text = after.slice(whole.length);
  if (end !== 'm' || between !== '' || !/^[\d;:]*$/.test(parameters)) return text;
  const colours = parameters.split(';').map(withoutColons);
  const known = colours.filter((one) => one !== undefined);
  return known.length > 0 ? `${esc}[${known.join(';')}m${text}` : text;
}

/** `38:2::255:0:0` is the newer way to write `38;2;255;0;0`. Undefined for what has no older way. */
function withoutColons(parameter: string): string | undefined {
  if (!parameter.includes(':')) return parameter;
  const [what = '', how = '', ...values] = parameter.split(':');
  if (what === '4') return how === '0' ? '24' : '4';
  if (what !== '38' && what !== '48') return undefined;
  if (how === '5') return `${what};5;${values[0] ?? ''}`;
  // between the two may be the number of a colour space
  return how === '2' ? [what, '2', ...values.slice(values.length > 3 ? 1 : 0).slice(0, 3)].join(';') : undefined;
}
