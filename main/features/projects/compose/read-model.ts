import { extendServices } from './extend-services.ts';
import { mergeValues } from './merge-models.ts';
import { type OpenOther, type OtherFiles, openOthers } from './other-files.ts';
import { projectName } from './project-name.ts';
import { type ComposeFile, readDocuments } from './read-documents.ts';
import { secretsIn, servicesIn } from './read-services.ts';
import type { ComposeDocument } from './read-yaml.ts';
import { layServices, type Service, takeOut } from './service.ts';
import { type Lookup, substitute } from './substitute.ts';
import { isList, isMapping, type Mapping, type Value } from './values.ts';

/** What Compose files say about a project, as far as builds need it: merged, with variables replaced. */
export type ComposeModel = {
  name: string;
  /** Values of variables inside of the project, where its name is one of them. */
  lookup: Lookup;
  services: Map<string, Service>;
  secrets: Mapping;
  includes: string[];
  /** Files that services extend, and that were not among those given. */
  wanted: Set<string>;
};

/** What a project consists of: its files in their order, those that they extend, the values of variables and the name of its folder. */
export type ProjectParts = { files: readonly ComposeFile[]; others: OtherFiles; lookup: Lookup; folder: string };

/** Reads a Compose file and those that go over it. Throws `UnreadableYaml` and `MergeError`. */
export function readModel({ files, others, lookup, folder }: ProjectParts): ComposeModel {
  const documents = files.flatMap(readDocuments);
  const name = nameOf(documents, lookup, folder);
  const inside: Lookup = (variable) => (variable === 'COMPOSE_PROJECT_NAME' && name ? name : lookup(variable));
  const model: ComposeModel = { name, lookup: inside, services: new Map(), secrets: new Map(), includes: [], wanted: new Set() };
  const open = openOthers(others, inside, (path) => model.wanted.add(path));
  for (const document of documents) layOver(model, document, open);
  return model;
}

/** `COMPOSE_PROJECT_NAME`, else the last `name:`, else the folder's name. */
function nameOf(documents: readonly ComposeDocument[], lookup: Lookup, folder: string): string {
  const ordered = lookup('COMPOSE_PROJECT_NAME');
  if (ordered) return ordered;
  const written = documents.map(({ content }) => content.get('name')).findLast((name) => typeof name === 'string' && name !== '');
  const named = typeof written === 'string' ? projectName(substitute(written, lookup)) : '';
  return named || projectName(folder);
}

function layOver(model: ComposeModel, { content, replaced }: ComposeDocument, open: OpenOther): void {
  const { lookup } = model;
  const services = extendServices(servicesIn(content.get('services'), lookup), replaced, open);
  for (const path of replaced) takeOut(model.services, path);
  layServices(model.services, services);
  const secrets = content.get('secrets');
  if (isMapping(secrets)) model.secrets = mergeValues(model.secrets, secretsIn(secrets, lookup), ['secrets']) as Mapping;
  model.includes.push(...includesIn(content.get('include')));
}

/** The files that `include:` names. */
function includesIn(value: Value | undefined): string[] {
  if (!isList(value)) return [];
  return value.flatMap((one) => {
    const path = isMapping(one) ? one.get('path') : one;
    return (isList(path) ? path : [path]).filter((file) => typeof file === 'string');
  });
}
