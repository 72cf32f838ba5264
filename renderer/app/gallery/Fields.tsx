import { Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import field from '../../ui/CheckedField.module.css';
import { CheckedField } from '../../ui/CheckedField.tsx';
import select from '../../ui/SelectField.module.css';
import { SelectField } from '../../ui/SelectField.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import { Section } from './Section.tsx';

const names = [{ group: 'Used before', items: ['app:1', 'app:2'] }];

export function Fields() {
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState('linux/amd64');
  const change = { onChange: setName };
  return (
    <>
      <Section title="Text" isStacked>
        <CheckedField label="Name, empty" value={name} {...change} placeholder="my-app:1.0" description="With a description" />
        <CheckedField label="Name, understood" value="app:1.0" {...change} says="“app” with the tag “1.0”." />
        <CheckedField label="Name, not possible" value="App" {...change} problem="A name has small letters only." />
        <TextInput label="Name, not now" value="app" disabled readOnly />
        <SuggestField label="Name, with suggestions" data={names} value={name} {...change} says="From Docker Hub (docker.io)." />
        <SuggestField label="Platform, not possible" data={[]} value="pc" {...change} problem="A platform is a system and a processor." />
        <PasswordInput
          label="Password"
          defaultValue="not one"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          classNames={{ input: field.password, label: select.label }}
        />
      </Section>
      <Section title="Choices" isStacked>
        <SelectField
          label="Platform"
          data={['linux/amd64', 'linux/arm64']}
          value={platform}
          onChange={setPlatform}
          description="One of several"
        />
        <Checkbox label="Ticked" defaultChecked />
        <Checkbox label="Not ticked" />
        <Checkbox label="Partly" indeterminate readOnly />
        <Checkbox label="Not now" disabled />
        <Radio.Group label="Where to" defaultValue="hub">
          <Radio value="hub" label="Docker Hub (docker.io)" description="The registry the name begins with" />
          <Radio value="here" label="The registry on this computer" />
          <Radio value="none" label="A registry that does not run" disabled />
        </Radio.Group>
      </Section>
    </>
  );
}
