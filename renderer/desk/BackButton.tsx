import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { goBack, type Route } from './navigation.ts';

export const BackButton = ({ label, otherwise }: { label: string; otherwise: Route }) => (
  <ActionIcon aria-label={label} onClick={() => goBack(otherwise)}>
    <IconArrowLeft size={17} stroke={1.7} />
  </ActionIcon>
);
