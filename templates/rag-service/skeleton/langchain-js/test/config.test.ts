import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSettings } from '../src/config.ts';
import { isFault } from '../src/faults.ts';
import { ENV, RULES, settings } from './fakes.ts';

function faultsOf(changes: Record<string, string>): string[] {
  try {
    settings(changes);
  } catch (error) {
    if (isFault(error, 'ConfigurationInvalid')) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return [];
}

test('tells every missing variable at once', () => {
  assert.throws(
    () => loadSettings({}, RULES),
    (error: Error) => {
      const named = error.message.match(/[A-Z_]+(?= is not set)/g)?.sort();
      const { SERVICE_NAME, EMBEDDING_BATCH_SIZE, ...needed } = ENV;
      assert.deepEqual(named, Object.keys(needed).sort());
      return true;
    },
  );
});

for (const [name, value, said] of [
  ['COLLECTION', 'x"; DROP TABLE users; --', 'COLLECTION must be'],
  ['EMBEDDING_DIMENSION', 'many', 'EMBEDDING_DIMENSION must be a number'],
  ['EMBEDDING_DIMENSION', '4001', 'the most that this vector store can index'],
  ['EMBEDDING_API', 'cohere', 'EMBEDDING_API must be one of tei, openai'],
  ['TOP_K', '0', 'TOP_K must be a number from 1'],
  ['TOP_K', '2.5', 'TOP_K must be a number from 1'],
  ['LLM_TEMPERATURE', 'nan', 'LLM_TEMPERATURE must be a number'],
  ['LLM_URL', 'llm:8000', 'LLM_URL must be a URL'],
  ['CHUNK_TOKENS', '600', 'must not be over EMBEDDING_MAX_TOKENS'],
  ['CHUNK_OVERLAP_TOKENS', '300', 'at most half of CHUNK_TOKENS'],
  ['LLM_MAX_ANSWER_TOKENS', '8000', 'must leave half'],
] as const) {
  test(`names ${name} when it is ${value}`, () => {
    const faults = faultsOf({ [name]: value });
    assert.equal(faults.length, 1);
    assert.ok(faults[0]?.includes(said), faults[0]);
  });
}

test('does not repeat a URL that may hold a password', () => {
  const faults = faultsOf({ HISTORY_URL: 'mysql://me:secret@db/x' });
  assert.equal(faults.length, 1);
  assert.ok(!faults[0]?.includes('secret'));
});
