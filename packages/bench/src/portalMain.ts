/**
 * The portal that is measured: the stock Kubernetes plugin, the catalog it needs, signals, and the live state. It counts what it
 * asks the cluster and answers the bench over the process channel. It asks the cluster for nothing before it is told to, so that
 * a cold sync is not measured together with the start of a portal.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createBackend } from '@backstage/backend-defaults';

const cluster = new URL(process.env.BENCH_CLUSTER_URL ?? '');
const requests = { count: 0, paths: [] as string[] };

function note(host: string, path: string) {
  if (host !== cluster.host) return;
  requests.count += 1;
  if (requests.paths.length < 500) requests.paths.push(path);
}

subscribe('http.client.request.start', message => {
  const { request } = message as {
    request: { getHeader(name: string): unknown; path: string };
  };
  note(String(request.getHeader('host')), request.path);
});
subscribe('undici:request:create', message => {
  const { request } = message as { request: { origin: string; path: string } };
  note(new URL(request.origin).host, request.path);
});

let release = () => {};
const released = new Promise<void>(resolve => {
  release = resolve;
});
const send = globalThis.fetch;
globalThis.fetch = async (...call: Parameters<typeof fetch>) => {
  if (String(call[0]).includes('/api/kubernetes/')) await released;
  return send(...call);
};

const questions: Record<string, () => unknown> = {
  requests: () => requests,
  sync: () => {
    release();
    return Date.now();
  },
  memory: () => {
    // Twice: the first round may only mark what finalizers still hold.
    globalThis.gc?.();
    globalThis.gc?.();
    return process.memoryUsage();
  },
};

process.on('message', ({ name }: { name: string }) => {
  process.send?.({ name, value: questions[name]?.() });
});

const backend = createBackend();
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@promptside/backstage-plugin-genai-backend'));
backend.start();
