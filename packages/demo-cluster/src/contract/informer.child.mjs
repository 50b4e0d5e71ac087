// Runs an informer of the official client in a process of its own: that client loads parts of itself with
// `await import()`, which jest cannot do. Usage: node informer.child.mjs KUBECONFIG NAMESPACE
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';

const [, , file, namespace] = process.argv;
const config = new KubeConfig();
config.loadFromFile(file);
const api = config.makeApiClient(CoreV1Api);
const informer = makeInformer(
  config,
  `/api/v1/namespaces/${namespace}/secrets`,
  () => api.listNamespacedSecret({ namespace }),
);
const tell = (type, object) =>
  console.log(
    JSON.stringify({
      type,
      name: object?.metadata?.name,
      note: object?.metadata?.labels?.note,
    }),
  );
for (const type of ['add', 'update', 'delete']) {
  informer.on(type, object => tell(type, object));
}
informer.on('error', error =>
  tell('error', { metadata: { name: String(error) } }),
);

// `restart` stops and starts again: what happened in between must be found out.
process.stdin.on('data', async command => {
  if (String(command).trim() === 'restart') {
    await informer.stop();
    tell('stopped');
  } else {
    await informer.start();
    tell('started');
  }
});
await informer.start();
tell('started');
