import { describe, expect, it } from 'vitest';
import { adviseOn, first, rules } from '../../../support/advice-on.ts';

describe('the project\u2019s own program above what is installed', () => {
  it.each([
    ['COPY app.py /app/', 'RUN pip install flask', 'RUN pip install flask\nCOPY app.py /app/'],
    [
      'COPY app.py ./',
      'RUN pip install --no-cache-dir flask==3.0 gunicorn',
      'RUN pip install --no-cache-dir flask==3.0 gunicorn\nCOPY app.py ./',
    ],
    ['ADD src/ /src/', 'RUN python3 -m pip install flask', 'RUN python3 -m pip install flask\nADD src/ /src/'],
  ])('%s, %s', (copy, run, suggestion) =>
    expect(adviseOn(['FROM a:1', copy, run])[0]).toMatchObject({
      rule: 'copy-before-install',
      line: 2,
      lastLine: 3,
      suggestion,
    }),
  );

  it('with the manifest between them', () => {
    const lines = ['FROM a:1', 'COPY src src', 'COPY package*.json ./', 'RUN npm ci'];
    expect(first(lines)).toMatchObject({ rule: 'copy-before-install', suggestion: 'COPY package*.json ./\nRUN npm ci\nCOPY src src' });
  });

  it.each([
    ['COPY requirements.txt .', 'RUN pip install -r requirements.txt'],
    ['COPY setup.py .', 'RUN pip install .'],
    ['COPY app.py .', 'RUN pip install flask && python app.py'],
    ['COPY app.py .', 'RUN pip install ./wheels'],
    ['COPY pip.conf /etc/', 'RUN pip install flask'],
    ['COPY --from=x app.py .', 'RUN pip install flask'],
    ['COPY a.whl app.py ./', 'RUN pip install a.whl'],
  ])('but not %s, %s', (copy, run) => expect(rules(['FROM a:1', copy, run])).toEqual([]));
});
