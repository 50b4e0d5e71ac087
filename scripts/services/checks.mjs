import { say } from '../lib/progress.mjs';

/** Counts checks, each a sentence and a function that throws when the sentence is not true. */
export function createChecks(results) {
  return async (title, work) => {
    try {
      await work();
      results.add({ passed: 1, failed: 0 });
    } catch (error) {
      results.add({ passed: 0, failed: 1 });
      say(`  ✗ ${title}\n    ${error.message.replaceAll('\n', '\n    ')}`);
    }
  };
}

/** Fails with the values when they differ. */
export function equal(seen, wanted, what) {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
}

/** Fails with the sentence. */
export function holds(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
