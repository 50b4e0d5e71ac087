import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readTree } from './textFiles';

/** The folder of all golden paths. */
export const TEMPLATES = path.resolve(__dirname, '../../../../templates');

/** Folders of the golden paths. */
export const TEMPLATE_FOLDERS = readdirSync(TEMPLATES);

/** A template and its skeleton, as the template editor sends them. */
export function readTemplate(folder: string) {
  const home = path.join(TEMPLATES, folder);
  const text = readFileSync(path.join(home, 'template.yaml'), 'utf8');
  return {
    text,
    template: parse(text),
    directoryContents: readTree(path.join(home, 'skeleton')).map(file => ({
      path: `skeleton/${file.path}`,
      base64Content: Buffer.from(file.content).toString('base64'),
    })),
  };
}
