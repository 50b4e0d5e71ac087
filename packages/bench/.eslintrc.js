module.exports = require('../../scripts/eslint/house')(__dirname);
