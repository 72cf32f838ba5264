import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { connectMessage } from '../../contract/bridge.ts';
import type { contract } from '../../contract/contract.ts';

const { port1, port2 } = new MessageChannel();
// a port can only travel by postMessage; the preload script hands it on to main
window.postMessage(connectMessage, location.origin, [port2]);
port1.start();

/** Everything main can be asked. */
export const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: port1 }));
