// Preloaded into the portal: keeps the configuration schema of all packages, which tells what is secret and must not be
// logged. Backstage compiles it anew from TypeScript at each start, for seconds.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');

const sha256 = text => createHash('sha256').update(text).digest('hex');

/** The kept schemas, or undefined when there are none, they are of other packages, or the file is not as it was written. */
function readKept(file, of) {
  try {
    const [seal, text] = readFileSync(file, 'utf8').split('\n');
    return seal === sha256(of + text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function write(file, of, serialized) {
  const text = JSON.stringify(serialized);
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, `${sha256(of + text)}\n${text}`);
    renameSync(fresh, file);
  } catch {
    // It is compiled again next time.
  }
}

/**
 * Makes `loadConfigSchema` of a config-loader take the schemas that an earlier call compiled.
 *
 * @param loader the module `@backstage/config-loader`
 * @param {{ file: string, hash: string }} kept where they are kept, and a hash of everything they are compiled from
 */
function keepConfigSchema(loader, { file, hash }) {
  const load = loader.loadConfigSchema;
  loader.loadConfigSchema = async options => {
    if (!options.dependencies) return load(options);
    const { dependencies, onSchemaError, noUndeclaredProperties, ...how } =
      options;
    const of = sha256(JSON.stringify([hash, [...dependencies].sort(), how]));
    const serialized = readKept(file, of);
    if (serialized) return load({ serialized, noUndeclaredProperties });

    let faulty = false;
    const schema = await load({
      ...options,
      // Left out, a fault ends the call.
      ...(onSchemaError && {
        onSchemaError: error => {
          faulty = true;
          onSchemaError(error);
        },
      }),
    });
    // A fault is told at each start, until it is mended.
    if (!faulty) write(file, of, schema.serialize());
    return schema;
  };
}

module.exports = { keepConfigSchema };

const { PROMPTSIDE_CONFIG_SCHEMA: file, PROMPTSIDE_CONFIG_SCHEMA_HASH: hash } =
  process.env;
if (file && hash) {
  keepConfigSchema(require('@backstage/config-loader'), { file, hash });
}
