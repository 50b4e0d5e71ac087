// They run in Node, beside the browser.
module.exports = {
  rules: {
    'no-restricted-imports': 'off',
    'no-loop-func': 'off',
    'jest/expect-expect': 'off',
  },
};
