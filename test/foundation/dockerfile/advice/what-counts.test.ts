import { describe, expect, it } from 'vitest';
import { adviseOn, first, rules } from '../../../support/advice-on.ts';

describe('what runs when, and what stays', () => {
  it('a beginner’s Dockerfile, with all the usual mistakes', () => {
    const lines = [
      'FROM alpine:3',
      'RUN apk update',
      'RUN apk add wget curl',
      'CMD mkdir /var/www/',
      'CMD mkdir /var/www/html/',
      'WORKDIR /var/www/html/',
      'COPY Dockerfile.tar.gz /tmp/',
      'RUN tar -zxvf /tmp/Dockerfile.tar.gz -C /var/www/html/',
      'RUN rm /tmp/Dockerfile.tar.gz',
      'RUN cat Dockerfile',
    ];
    expect(rules(lines)).toEqual([
      ['join-runs', 2, 3],
      ['only-last-counts', 4, 5],
      ['unpack-with-add', 7, 9],
    ]);
    expect(adviseOn(lines).map(({ suggestion }) => suggestion)).toEqual([
      'RUN apk update && apk add wget curl',
      'RUN mkdir /var/www/\nRUN mkdir /var/www/html/',
      'ADD Dockerfile.tar.gz /var/www/html/',
    ]);
  });

  it.each([
    ['RUN yum -y update', 'RUN yum -y install git'],
    ['RUN dnf makecache', 'RUN dnf install -y git'],
    ['RUN microdnf update', 'RUN microdnf install git'],
    ['RUN zypper refresh', 'RUN zypper install git'],
  ])('%s apart from %s', (update, install) => expect(rules(['FROM a:1', update, install])).toEqual([['join-runs', 2, 3]]));

  it.each([
    ['RUN yum -y update', 'RUN apk add git'],
    ['RUN apk add --no-cache a', 'RUN apk add --no-cache b'],
    ['RUN apk update && apk add a', 'RUN apk update && apk add b'],
  ])('but not %s and %s', (one, other) => expect(rules(['FROM a:1', one, other])).toEqual([]));

  it('an ENTRYPOINT twice, but not one in each stage', () => {
    expect(rules(['FROM a:1', 'ENTRYPOINT ["a"]', 'ENTRYPOINT ["b"]'])).toEqual([['only-last-counts', 2, 3]]);
    expect(first(['FROM a:1', 'CMD ["a"]', 'CMD ["b"]'])?.suggestion).toBe('CMD ["b"]');
    expect(rules(['FROM a:1 AS x', 'CMD ["a"]', 'FROM x', 'CMD ["b"]'])).toEqual([]);
  });

  it('an archive without a target is unpacked in the working directory', () => {
    expect(first(['FROM a:1', 'COPY a.tar.gz /tmp/', 'RUN tar xzf /tmp/a.tar.gz'])?.suggestion).toBe('ADD a.tar.gz ./');
  });

  it.each([
    ['COPY a.tar.gz /tmp/', 'RUN tar xzf /tmp/a.tar.gz --strip-components=1'],
    ['COPY a.tar.gz /tmp/', 'RUN cd /x && tar xzf /tmp/a.tar.gz'],
    ['COPY a.zip /tmp/', 'RUN unzip /tmp/a.zip'],
    ['COPY a.tar.gz /tmp/', 'RUN tar czf /b.tar.gz /tmp/a.tar.gz'],
    ['COPY --from=x /a.tar.gz /tmp/', 'RUN tar xzf /tmp/a.tar.gz'],
  ])('an archive that ADD cannot unpack like this stays: %s, %s', (copy, run) => expect(rules(['FROM a:1', copy, run])).toEqual([]));
});
