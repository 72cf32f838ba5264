/**
 * The repository of names that keep images for undo. An engine takes it for a registry's, so that Podman, too, leaves it as it is; but
 * `.invalid` leads nowhere, ever (RFC 2606), so that nothing of it can be pushed or got by mistake.
 */
const repository = 'layerdeck.invalid/kept-for-undo';

const keptName = /^layerdeck\.invalid\/kept-for-undo:[0-9a-f]{64}-until-(\d{4}-\d\d-\d\d)$/;

/** The private name of an image, with the day until which it is kept; `until` in milliseconds since 1970. */
export const keptNameOf = (id: string, until: number): string =>
  `${repository}:${id.replace('sha256:', '')}-until-${new Date(until).toISOString().slice(0, 10)}`;

/** Whether a name or a digest is one that only keeps an image. */
export const isKeptName = (name: string): boolean => name.startsWith(`${repository}:`) || name.startsWith(`${repository}@`);

/** Until when a private name keeps its image, in milliseconds since 1970. */
export function keptUntil(name: string): number | undefined {
  const [, day] = keptName.exec(name) ?? [];
  const until = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(until) ? undefined : until;
}
