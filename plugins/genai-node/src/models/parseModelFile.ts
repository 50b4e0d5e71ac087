import {
  modelSchema,
  type Model,
  type ModelFault,
} from '@promptside/backstage-plugin-genai-common';
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import { inconsistenciesOf } from './inconsistenciesOf';
import { lostKeys } from './lostKeys';

/** Far above a catalog of a thousand models, far below what would keep the parser busy. */
const MAX_CHARACTERS = 2_000_000;

/** Without the file: only the reader knows where the text comes from. */
export type ModelTextFault = Omit<ModelFault, 'file'>;

/** Models of one file and what is wrong with its other entries. */
export interface ModelFileContent {
  models: Model[];
  faults: ModelTextFault[];
}

type Path = ReadonlyArray<string | number>;

interface Text {
  document: Document;
  lines: LineCounter;
}

function lineOf({ lines }: Text, node: unknown): number | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range ? lines.linePos(range[0]).line : undefined;
}

/** Line of the key at the path, or of the nearest place above it that exists. */
function lineAt(text: Text, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = text.document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const found = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === last)?.key
      : text.document.getIn(path.slice(0, length), true);
    const line = lineOf(text, found);
    if (line !== undefined) return line;
  }
  return undefined;
}

function faultAt(text: Text, path: Path, message: string): ModelTextFault {
  const line = lineAt(text, path);
  const field = path.join('.');
  return { ...(line ? { line } : {}), ...(field ? { field } : {}), message };
}

/** Entries whose text has a syntax error: what the parser made of them is a guess. */
function brokenEntries(text: Text, entries: readonly unknown[]): Set<number> {
  const broken = new Set<number>();
  for (const { pos } of text.document.errors) {
    const next = entries.findIndex(entry => {
      const range = (entry as Partial<Node>).range;
      return range ? range[0] > pos[0] : false;
    });
    const hit = next === -1 ? entries.length - 1 : next - 1;
    if (hit >= 0) broken.add(hit);
  }
  return broken;
}

function syntaxFaults({ document, lines }: Text): ModelTextFault[] {
  return document.errors.map(error => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message.split('\n')[0].replace(/ at line \d+.*$/, ''),
  }));
}

/** The model of one entry, or what is wrong with it. */
function readEntry(text: Text, index: number): Model | ModelTextFault[] {
  const path = ['models', index];
  let value: unknown;
  try {
    const node = text.document.getIn(path, true);
    value =
      isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)
        ? node.toJS(text.document, { maxAliasCount: 100 })
        : node;
  } catch (error) {
    return [faultAt(text, path, (error as Error).message)];
  }
  const parsed = modelSchema.safeParse(value);
  const issues = parsed.success
    ? [
        ...lostKeys(value, parsed.data).map(key => ({
          path: key,
          message: 'is not a field of a model; remove it or check its spelling',
        })),
        ...inconsistenciesOf(parsed.data),
      ]
    : parsed.error.issues.map(issue => ({
        path: issue.path as Path,
        message: issue.message,
      }));
  return parsed.success && issues.length === 0
    ? parsed.data
    : issues.map(issue =>
        faultAt(text, [...path, ...issue.path], issue.message),
      );
}

/** Keeps the first of each id; ids of the hub know no case. */
function once(text: Text, read: Array<{ index: number; model: Model }>) {
  const seen = new Set<string>();
  const content: ModelFileContent = { models: [], faults: [] };
  for (const { index, model } of read) {
    const id = model.id.toLowerCase();
    if (seen.has(id)) {
      content.faults.push(
        faultAt(text, ['models', index, 'id'], `${model.id} is there already`),
      );
    } else {
      seen.add(id);
      content.models.push(model);
    }
  }
  return content;
}

/**
 * Reads a file of models: YAML or JSON, a list under `models` whose entries have the fields of `Model`. An entry with a fault
 * is left out, with line and field of the fault; the others are there. Never throws.
 *
 * @public
 */
export function parseModelFile(yamlText: string): ModelFileContent {
  if (yamlText.length > MAX_CHARACTERS) {
    const message = `has ${yamlText.length} characters, at most ${MAX_CHARACTERS} are read`;
    return { models: [], faults: [{ message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines });
  const text: Text = { document, lines };
  const faults = syntaxFaults(text);
  const top = document.contents;
  const list = document.getIn(['models'], true);
  if (!isSeq(list)) {
    const message = 'must be a list of models under the key "models"';
    return {
      models: [],
      faults: [...faults, faultAt(text, ['models'], message)],
    };
  }
  if (isMap(top)) {
    for (const { key } of top.items.filter(isPair)) {
      if (isScalar(key) && key.value !== 'models') {
        faults.push(
          faultAt(
            text,
            [String(key.value)],
            'is not a key of a file of models',
          ),
        );
      }
    }
  }
  const broken = brokenEntries(text, list.items);
  const read: Array<{ index: number; model: Model }> = [];
  list.items.forEach((_, index) => {
    if (broken.has(index)) return;
    const entry = readEntry(text, index);
    if (Array.isArray(entry)) faults.push(...entry);
    else read.push({ index, model: entry });
  });
  const content = once(text, read);
  return { models: content.models, faults: [...faults, ...content.faults] };
}
