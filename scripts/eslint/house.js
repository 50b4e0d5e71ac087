// The import law of the house (docs/adr/0001) as an eslint configuration; every package's .eslintrc.js is one call of it.
const { builtinModules } = require('node:module');
const { basename } = require('node:path');
const createConfig = require('@backstage/cli/config/eslint-factory');

const SCOPE = '@promptside/backstage-plugin-';

const SPOKES = ['genai-common', 'genai-react'];
const BACKEND = ['genai-common', 'genai-node'];

// Which packages of ours a package may import. Packages of packages/ compose, so they may import all.
const MAY_IMPORT = {
  'genai-common': [],
  'genai-node': ['genai-common'],
  'genai-react': ['genai-common'],
  'genai-backend': BACKEND,
  'catalog-backend-module-genai': BACKEND,
  'scaffolder-backend-module-genai': BACKEND,
  'genai-gpu-usage': SPOKES,
  'genai-model-catalog': SPOKES,
  'genai-vector-stores': SPOKES,
  'scaffolder-module-genai': SPOKES,
};

const MAY_USE_EXPRESS = new Set([
  'genai-backend',
  'demo-cluster',
  'demo-forge',
]);

// Knowledge and words do no I/O: true without asking anyone.
const PURE = new Set(['genai-common', 'genai-node']);

// A digest is a calculation; genai-common runs in browsers, where there is none of Node's.
const CALCULATES = { 'genai-node': ['crypto'] };

// It always runs from its sources, so __dirname is where the recorded schemas lie.
const DEMO_CLUSTER_RULES = {
  '@typescript-eslint/no-shadow': 'off',
  'consistent-this': 'off',
  'no-param-reassign': 'off',
  'no-restricted-syntax': 'off',
};

const internal = folder => {
  const allowed = MAY_IMPORT[folder];
  if (!allowed) return [];
  return Object.keys(MAY_IMPORT)
    .filter(other => other !== folder && !allowed.includes(other))
    .map(other => ({
      name: `${SCOPE}${other}`,
      message: `${folder} may import ${
        allowed.join(', ') || 'no package of ours'
      } only; see docs/adr/0001.`,
    }));
};

const io = folder =>
  PURE.has(folder)
    ? builtinModules
        .filter(name => !CALCULATES[folder]?.includes(name))
        .flatMap(name =>
          [name, `node:${name}`].map(path => ({
            name: path,
            message: `${folder} is pure: no I/O, no Node API; see docs/adr/0001.`,
          })),
        )
    : [];

const express = folder =>
  MAY_USE_EXPRESS.has(folder)
    ? []
    : [{ name: 'express', message: 'HTTP is served by genai-backend only.' }];

// As a rule of TypeScript's parser, for only that one tells types from values.
const restrictedPaths = paths => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths }],
});

const KUBERNETES_CLIENT = {
  name: '@kubernetes/client-node',
  message: 'Types only: clusters are reached through KubeTransport.',
  allowTypeImports: true,
};

// References of extension points stand where a module may import them; the knowledge beside them knows no backend system.
const BACKEND_SYSTEM = {
  name: '@backstage/backend-plugin-api',
  message: 'genai-node names extension points in src/extensionPoints.ts alone.',
};

module.exports = dir => {
  const folder = basename(dir);
  return createConfig(dir, {
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      // Hoisted functions let a file be read from its main export downwards.
      '@typescript-eslint/no-use-before-define': 'off',
      'no-nested-ternary': 'off',
      ...(folder === 'demo-cluster' ? DEMO_CLUSTER_RULES : {}),
    },
    // A test may compose a whole backend or app around the package under test.
    testRules: { '@backstage/no-mixed-plugin-imports': 'off' },
    restrictedSrcImports: [
      ...internal(folder),
      ...io(folder),
      ...express(folder),
    ],
    tsRules: {
      '@typescript-eslint/no-explicit-any': 'error',
      ...(folder === 'demo-cluster'
        ? {}
        : restrictedPaths([
            KUBERNETES_CLIENT,
            ...(folder === 'genai-node' ? [BACKEND_SYSTEM] : []),
          ])),
    },
    overrides: [
      {
        files: ['src/extensionPoints.ts'],
        rules: restrictedPaths([KUBERNETES_CLIENT]),
      },
    ],
  });
};
