const config = require('../../scripts/eslint/house')(__dirname);

module.exports = {
  ...config,
  overrides: [
    ...config.overrides,
    {
      // The contract is a suite in parts: each part exports its tests, and asserts through functions of the suite.
      files: ['src/contract/**'],
      rules: {
        'jest/no-export': 'off',
        'jest/expect-expect': [
          'warn',
          { assertFunctionNames: ['expect*', 'eventually'] },
        ],
      },
    },
  ],
};
