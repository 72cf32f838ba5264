import { randomInt } from 'node:crypto';
import { runCommand } from '../../tools/engine/run-command.ts';

type Login = { username: string; password: string };

/** Asks `/v2/` and prints the status, or nothing if nobody answers. */
const knock = `
const [url, authorization] = process.argv.slice(1);
fetch(url, { headers: authorization ? { authorization } : {} }).then(({ status }) => console.log(status), () => {});
`;

/** Another computer in a network with this one, as a network namespace of its own: it sees of this one what a real one would. Needs root on Linux. */
export async function startOtherComputer() {
  const id = randomInt(256 ** 2);
  const [name, near, far] = [`layerdeck-${id}`, `ldn${id}`, `ldf${id}`];
  // a network of two out of 10.213.0.0/16
  const [third, last] = [Math.floor(id / 256), (id % 64) * 4];
  const [here, there] = [1, 2].map((host) => `10.213.${third}.${last + host}`);
  const ip = (...args: string[]) => runCommand('ip', args);
  await ip('netns', 'add', name);
  const end = () => ip('netns', 'delete', name);
  try {
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
    await ip('address', 'add', `${here}/30`, 'dev', near);
    await ip('link', 'set', near, 'up');
    await ip('-n', name, 'address', 'add', `${there}/30`, 'dev', far);
    await ip('-n', name, 'link', 'set', far, 'up');
  } catch (error) {
    await end();
    throw error;
  }
  return {
    /** This computer's address in their network. */
    here: here ?? '',
    /** The status of `/v2/` at a port of this computer, as the other one gets it; undefined if nobody answers. */
    knock: async (port: number, login?: Login): Promise<number | undefined> => {
      const authorization = login ? [`Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`] : [];
      const inside = [process.execPath, '-e', knock, `http://${here}:${port}/v2/`, ...authorization];
      return Number(await runCommand('ip', ['netns', 'exec', name, ...inside])) || undefined;
    },
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
}
