/** What Compose makes of a folder's name or of `name:`: lowercase letters, digits, `-` and `_`. Empty if nothing is left. */
export const projectName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
