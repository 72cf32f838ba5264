import type Docker from 'dockerode';

/** Starts a container. One that somebody else has started by now is as wanted. */
export const startContainer = (container: Docker.Container): Promise<void> => container.start().catch(unlessSoAlready);

/** Stops a container, with so many seconds to finish what it does. One that doesn't run any longer is as wanted. */
export const stopContainer = (container: Docker.Container, seconds: number): Promise<void> =>
  container.stop({ t: seconds }).catch(unlessSoAlready);

function unlessSoAlready(error: { statusCode?: number }): void {
  if (error.statusCode !== 304) throw error;
}
