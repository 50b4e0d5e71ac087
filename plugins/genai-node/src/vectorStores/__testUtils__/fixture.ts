import fs from 'node:fs';
import path from 'node:path';

/** Text of a file in `__fixtures__`. */
export function fixtureText(name: string): string {
  return fs.readFileSync(
    path.resolve(__dirname, '../__fixtures__', name),
    'utf8',
  );
}

/** The same as data. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}
