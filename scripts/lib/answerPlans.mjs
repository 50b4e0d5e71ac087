// Runs with the TypeScript hook of the Backstage CLI, so that the planner is the very code that the portal has.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { planLine } = require('../../plugins/genai-node/src/sizing/index.ts');
const {
  CURATED_MODELS,
} = require('../../plugins/genai-node/src/models/index.ts');

// Who reads the answers may have heard enough.
process.stdout.on('error', error => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
for await (const line of lines) {
  if (line.trim() === '') continue;
  const answer = JSON.stringify(planLine(line, CURATED_MODELS));
  if (!process.stdout.write(`${answer}\n`)) await once(process.stdout, 'drain');
}
