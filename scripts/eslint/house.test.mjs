import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { ROOT } from '../lib/paths.mjs';

const { ESLint } = createRequire(join(ROOT, 'package.json'))('eslint');

async function messagesOf(file, code) {
  const eslint = new ESLint({ cwd: ROOT });
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
  return result.messages
    .filter(({ severity }) => severity === 2)
    .map(({ ruleId, message }) => `${ruleId}: ${message}`)
    .join('\n');
}

const OURS = '@promptside/backstage-plugin-';
const forbidden = [
  ['genai-common', `${OURS}genai-node`],
  ['genai-node', `${OURS}genai-react`],
  ['genai-node', 'node:fs'],
  ['genai-node', 'express'],
  ['genai-common', 'fs'],
  ['genai-react', `${OURS}genai-node`],
  ['genai-gpu-usage', `${OURS}genai-model-catalog`],
  ['genai-gpu-usage', `${OURS}genai-node`],
  ['genai-backend', `${OURS}scaffolder-backend-module-genai`],
  ['scaffolder-backend-module-genai', `${OURS}genai-backend`],
];

for (const [folder, target] of forbidden) {
  test(`${folder} may not import ${target}`, async () => {
    const messages = await messagesOf(
      `plugins/${folder}/src/sample.ts`,
      `import { x } from '${target}';\n\nexport const y = x;\n`,
    );
    assert.match(messages, /no-restricted-imports|no-mixed-plugin-imports/);
  });
}

for (const [folder, target] of [
  ['genai-node', `${OURS}genai-common`],
  ['genai-gpu-usage', `${OURS}genai-react`],
  ['genai-backend', 'express'],
]) {
  test(`${folder} may import ${target}`, async () => {
    const messages = await messagesOf(
      `plugins/${folder}/src/sample.ts`,
      `import { x } from '${target}';\n\nexport const y = x;\n`,
    );
    assert.doesNotMatch(
      messages,
      /no-restricted-imports|no-mixed-plugin-imports/,
    );
  });
}

test('no-mixed-plugin-imports is an error in every package', async () => {
  const eslint = new ESLint({ cwd: ROOT });
  for (const parent of ['packages', 'plugins']) {
    for (const folder of readdirSync(join(ROOT, parent))) {
      const { rules } = await eslint.calculateConfigForFile(
        join(ROOT, parent, folder, 'src', 'sample.ts'),
      );
      assert.equal(
        [rules['@backstage/no-mixed-plugin-imports']].flat()[0],
        'error',
        folder,
      );
    }
  }
});

test('@kubernetes/client-node is for types only', async () => {
  const file = 'plugins/genai-node/src/sample.ts';
  const value = await messagesOf(
    file,
    `import { V1Pod } from '@kubernetes/client-node';\n\nexport const y = new V1Pod();\n`,
  );
  assert.match(value, /Types only/);
  const type = await messagesOf(
    file,
    `import type { V1Pod } from '@kubernetes/client-node';\n\nexport type Y = V1Pod;\n`,
  );
  assert.doesNotMatch(type, /Types only/);
});

test('genai-node knows the backend system where its extension points stand, and nowhere else', async () => {
  const code = `import { createExtensionPoint } from '@backstage/backend-plugin-api';\n\nexport const y = createExtensionPoint<object>({ id: 'y' });\n`;
  assert.match(
    await messagesOf('plugins/genai-node/src/sample.ts', code),
    /extensionPoints\.ts alone/,
  );
  assert.equal(
    await messagesOf('plugins/genai-node/src/extensionPoints.ts', code),
    '',
  );
});

test('any is an error', async () => {
  const messages = await messagesOf(
    'plugins/genai-common/src/sample.ts',
    'export const y: any = 1;\n',
  );
  assert.match(messages, /no-explicit-any/);
});
