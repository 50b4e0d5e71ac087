import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './tableOf';

const SKELETON = join(
  __dirname,
  '../../../../../templates/rag-service/skeleton',
);

describe('tableOf', () => {
  it.each([
    ['python-pgvector/rag_service/store.py', '{settings.collection}'],
    ['langchain-js-pgvector/src/store.ts', '${collection}'],
  ])('is the table that %s makes', (file, collection) => {
    expect(readFileSync(join(SKELETON, file), 'utf8')).toContain(
      tableOf(collection),
    );
  });
});
