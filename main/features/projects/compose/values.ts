/** A number or a time in YAML. Compose passes it on as Go prints it. */
export class Printed {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Mapping = ReadonlyMap<string, Value>;

/** What a YAML file holds. Mappings are maps, so that a key such as `__proto__` is a key like any other. */
export type Value = string | boolean | null | Printed | readonly Value[] | Mapping;

export const isMapping = (value: Value | undefined): value is Mapping => value instanceof Map;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** A scalar as Compose prints it into an argument or a label; undefined for null, lists and mappings. */
export function printed(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value instanceof Printed ? value.text : undefined;
}
