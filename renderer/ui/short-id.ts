/** The first twelve digits, as the engines show an id. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);
