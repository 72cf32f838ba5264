import { expect, test } from 'vitest';
import { describeInstruction } from '../../contract/instruction.ts';

test.each([
  ['COPY . /app', 'Copy your files into /app'],
  ['COPY --from=assets /src/dist /app/web/dist', 'Copy from “assets” into /app/web/dist'],
  ['COPY dir:91a0bb6b74edc67303248ee039f570d02670f149ee5526d549ddae25f566cf8f in /app', 'Copy files into /app'],
  ['COPY run.sh /app/', 'Copy run.sh into /app/'],
  ['RUN apt-get update && apt-get install -y curl tini', 'Install curl and tini'],
  ['RUN npm ci && npm run build', 'Install JavaScript packages'],
  ['RUN /bin/sh -c python -m compileall /app', 'Run python'],
  ['FROM --platform=linux/amd64 node:22-alpine AS assets', 'Start from node:22-alpine'],
  ['COPY ["a, b.txt","!x","/c/"]', 'Copy your files into /c/'],
  ['COPY ["a, b.txt","/my files/"]', 'Copy “a, b.txt” into “/my files/”'],
  ['COPY --chown=1 a /app', 'Copy a into /app'],
  ['COPY file:91a0bb6b74edc67303248ee039f570d02670f149ee5526d549ddae25f566cf8f in /my files/', 'Copy files into “/my files/”'],
  ['RUN mkdir /make', 'Run mkdir'],
  ['RUN cd /src && make install', 'Compile the app'],
  ['RUN echo install apt', 'Run echo'],
  ['RUN DEBIAN_FRONTEND=noninteractive apt-get -y install curl', 'Install curl'],
  ['RUN ./gradlew build', 'Compile the app'],
  ['RUN python3 -m pip install -r x', 'Install Python packages'],
  ['WORKDIR /src', 'Work in the folder /src'],
  ['CMD ["sh"]', 'Set the command it starts with'],
  ['something else', 'something else'],
  ['', ''],
])('%s is "%s"', (instruction, words) => expect(describeInstruction(instruction)).toBe(words));
