import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { isLoopback } from '../../../contract/reference.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { registryOf } from '../../desk/image-name.ts';
import { Ring } from '../../ui/Ring.tsx';

/** Asks where the tags of a repository are now. A registry on this computer is asked at once; others count what they are asked. */
export function AskRegistry({ repository }: { repository: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const ask = async () => {
    setIsAsking(true);
    await attempt(() => client.tags.look({ repository }));
    setIsAsking(false);
  };
  const askAtOnce = useEffectEvent(() => void ask());
  const alias = useMirror(({ registry }) => ('alias' in registry ? registry.alias : undefined));
  const host = registryOf(repository);
  const isNear = isLoopback(host) || host === alias;
  useEffect(() => {
    if (isNear) askAtOnce();
  }, [isNear]);
  return (
    <Button
      disabled={isAsking}
      leftSection={isAsking ? <Ring size={13} /> : <IconRefresh size={15} stroke={1.6} />}
      onClick={() => void ask()}
    >
      {isAsking ? 'Asking the registry' : 'Ask the registry'}
    </Button>
  );
}
