import { controllerReference } from '../../podFactory';
import { KeyedObject } from '../../resources';
import { CnpgCluster } from '../../storeTypes';

const USER = 'app';
const DATABASE = 'app';
// Nothing in the demo checks it; the real PostgreSQL behind it takes any.
const PASSWORD = 'simulated';
const PORT = '5432';

/** The Secret with which applications reach a CloudNativePG cluster, with the keys that the operator writes. */
export function cnpgSecret(owner: CnpgCluster): KeyedObject {
  const { name, namespace } = owner.metadata;
  const host = `${name}-rw`;
  const uri = (scheme: string, at: string) =>
    `${scheme}://${USER}:${PASSWORD}@${at}:${PORT}/${DATABASE}`;
  const text: Record<string, string> = {
    dbname: DATABASE,
    host,
    'jdbc-uri': `jdbc:postgresql://${host}.${namespace}:${PORT}/${DATABASE}?password=${PASSWORD}&user=${USER}`,
    password: PASSWORD,
    pgpass: `${host}:${PORT}:${DATABASE}:${USER}:${PASSWORD}\n`,
    port: PORT,
    uri: uri('postgresql', `${host}.${namespace}`),
    user: USER,
    username: USER,
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/basic-auth',
    metadata: {
      name: `${name}-app`,
      namespace,
      labels: { 'cnpg.io/cluster': name, 'cnpg.io/reload': 'true' },
      ownerReferences: [controllerReference(owner)],
    },
    data: Object.fromEntries(
      Object.entries(text).map(([key, value]) => [
        key,
        Buffer.from(value).toString('base64'),
      ]),
    ),
  };
}
