// Preloaded into the portal: its validators are written without the pass in which ajv shortens its own code. For the large
// schemas of the configuration and of the APIs that pass takes half of the time, and what runs once gains nothing from it.
// The same as ajv's option `code: { optimize: false }`, which none of its users here lets one set.
try {
  const { CodeGen } = require('ajv/dist/compile/codegen');
  CodeGen.prototype.optimize = () => {};
} catch {
  // Another ajv: it only takes longer.
}
