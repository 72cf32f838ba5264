const units: Record<string, number> = { '': 1e9, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** The bytes that "12 GB", "800 mb" or "1.5" (gigabytes) mean; undefined if it means none. */
export function parseSize(text: string): number | undefined {
  const [, number = '', unit = ''] = /^\s*(\d+(?:[.,]\d+)?)\s*([kmgt]?b)?\s*$/i.exec(text) ?? [];
  const bytes = Number(number.replace(',', '.')) * (units[unit.toLowerCase()] ?? Number.NaN);
  return number !== '' && bytes >= 1 && Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : undefined;
}
