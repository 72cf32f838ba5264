import type Docker from 'dockerode';

/** What the engine has under a name or an id; undefined where it says that it has none. Any other answer rejects: it is none. */
export const findImage = ({ docker }: { docker: Docker }, name: string): Promise<Docker.ImageInspectInfo | undefined> =>
  docker
    .getImage(name)
    .inspect()
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode === 404) return undefined;
      throw error;
    });

/** Whether an image is here. Rejects where the engine gives no clear answer. */
export const imageExists = async (engine: { docker: Docker }, name: string): Promise<boolean> =>
  (await findImage(engine, name)) !== undefined;
