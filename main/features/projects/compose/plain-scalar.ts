import { Printed } from './values.ts';

const wellKnown = new Map<string, boolean | null | Printed>([
  ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
]);

/**
 * What a scalar without quotes means to Compose, whose reader (go-yaml 3) follows neither YAML 1.1 nor 1.2: `yes` and `on` are text,
 * `010` and `0o10` are eight, `1_000` is a thousand, and a date is a time.
 */
export function plainScalar(text: string): string | boolean | null | Printed {
  const known = wellKnown.get(text);
  if (known !== undefined) return known;
  if (/^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/.test(text)) throw new UnclearScalar(text);
  if (text.startsWith('.')) return goFloat(text) ?? text;
  return /^[-+0-9]/.test(text) ? (time(text) ?? number(text.replaceAll('_', '')) ?? text) : text;
}

/** A number that begins with a digit or a sign. */
const number = (text: string): Printed | undefined => integer(text) ?? (yamlFloat.test(text) ? goFloat(text) : undefined);

const yamlFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** What a prefix says about the digits behind it. */
const bases: [RegExp, string][] = [
  [/^0x([0-9a-f]+)$/i, '0x'],
  [/^0b([01]+)$/i, '0b'],
  [/^0o?([0-7]+)$/i, '0o'],
  [/^(0|[1-9][0-9]*)$/, ''],
];

function integer(text: string): Printed | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const [base, found] = bases.map(([pattern, prefix]) => [prefix, pattern.exec(digits)?.[1]] as const).find(([, match]) => match) ?? [];
  if (found === undefined) return undefined;
  const value = BigInt(`${base}${found}`) * (sign === '-' ? -1n : 1n);
  // what needs more than 64 bits is no integer to Go
  const fits = sign === '' ? value < 2n ** 64n : value >= -(2n ** 63n) && value < 2n ** 63n;
  return fits ? new Printed(String(value)) : undefined;
}

function goFloat(text: string): Printed | undefined {
  if (!/^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? new Printed(printFloat(value)) : undefined;
}

/** As Go's `%v`: the shortest digits, with an exponent of at least two digits where it is under -4 or over 5. */
function printFloat(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A date, or a date with a time of day, as Go prints a time. */
function time(text: string): Printed | undefined {
  const [, year = '', month = '', day = '', rest = ''] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(.*)$/s.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.getUTCDate() !== Number(day)) return undefined;
  if (rest === '') return new Printed(`${date} 00:00:00 +0000 UTC`);
  const [, hour = '', minute = '', second = '', part = '', zone] = timeOfDay.exec(rest) ?? [];
  if (!timeOfDay.test(rest) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  // how Go prints an offset depends on the time zone of the computer
  if (zone !== undefined && zone !== 'Z') throw new UnclearScalar(text);
  const clock = [hour, minute, second].map((digits) => digits.padStart(2, '0')).join(':');
  return new Printed(`${date} ${clock}${part.replace(/\.?0*$/, '')} +0000 UTC`);
}

const timeOfDay =
  /^(?:(?=[Tt].*(?:Z|[-+][0-9]{2}:[0-9]{2})$)[Tt]|(?= [^Z+-]*$) )([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]{1,9})?(Z|[-+][0-9]{2}:[0-9]{2})?$/;

/** What Compose makes of a scalar depends on the computer, or Compose refuses it. */
export class UnclearScalar extends Error {}
