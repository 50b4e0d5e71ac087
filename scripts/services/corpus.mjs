import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { QUESTIONS, TOPICS } from './corpusTopics.mjs';

/** How many documents the services ingest. */
export const DOCUMENTS = 200;

const SKIPPED = new Set(['node_modules', 'dist', 'golden', 'skeleton']);

/** Markdown files of the project: what it says of itself. */
function* projectDocs(folder = ROOT) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* projectDocs(path);
    else if (/\.md$/.test(entry.name) && entry.name !== 'CHANGELOG.md')
      yield path;
  }
}

const SITES = [
  'Aarhus', 'Bergen', 'Cork', 'Delft', 'Espoo', 'Ghent', 'Graz', 'Krakow', 'Lyon', 'Porto', 'Tartu', 'Uppsala',
]; // prettier-ignore

/**
 * The runbook of a topic at a site. Sites differ in numbers and names, so that 200 documents are no copies, and a question
 * that names topic and site has one right document.
 */
function runbook(topic, site, number) {
  const ticket = `OPS-${1000 + number * 7}`;
  return [
    `# ${topic.title} in ${site}`,
    '',
    `This runbook is for the team on call in ${site}. ${topic.about}`,
    '',
    '## Before you begin',
    '',
    `Tell the channel of ${site} and open the ticket ${ticket}. ${topic.before}`,
    '',
    '## Steps',
    '',
    ...topic.steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    '## Afterwards',
    '',
    `${topic.after} The next drill in ${site} is in week ${(number % 52) + 1}; it takes about ${20 + (number % 9) * 5} minutes.`,
    '',
  ].join('\n');
}

const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Writes the documents below a folder: the project's own, then runbooks up to DOCUMENTS. */
export function writeCorpus(folder) {
  mkdirSync(folder, { recursive: true });
  const own = [...projectDocs()].sort().slice(0, DOCUMENTS - 100);
  for (const path of own) {
    const name = relative(ROOT, path).replace(/[\\/]/g, '-');
    writeFileSync(join(folder, name), readFileSync(path));
  }
  const pairs = SITES.flatMap(site => TOPICS.map(topic => ({ site, topic })));
  for (const [number, { site, topic }] of pairs
    .slice(0, DOCUMENTS - own.length)
    .entries()) {
    writeFileSync(
      join(folder, `${slug(topic.title)}-${slug(site)}.md`),
      runbook(topic, site, number),
    );
  }
  return { own: own.length, runbooks: DOCUMENTS - own.length };
}

/** Twenty questions: what is asked, the document that holds the answer, and words of the answer. */
export { QUESTIONS };
