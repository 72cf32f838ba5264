/**
 * Reads JSON as a Go program does, and so as registries, engines and most image tools do: a member that is
 * null counts as absent. Throws a `SyntaxError`.
 */
export const readAsGo = (text: string): unknown => JSON.parse(text, (_, value: unknown) => (value === null ? undefined : value));
