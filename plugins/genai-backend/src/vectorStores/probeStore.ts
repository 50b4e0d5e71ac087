import {
  vectorStoreOf,
  type KubeTransport,
  type ProbeAnswer,
  type ProbeReading,
  type ProbeRequest,
  type StoreTarget,
  type StoreThresholds,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { linkAbort } from '../connections/linkAbort';
import { askStore } from './askStore';

/** Instances that are asked one by one. */
const MAX_PODS = 16;

/** Runs the plan of a store's engine, all of it within `timeoutMs`. Never throws. `undefined` for a store that speaks no HTTP. */
export async function probeStore(options: {
  transport: KubeTransport;
  target: StoreTarget;
  timeoutMs: number;
  thresholds: StoreThresholds;
  clock: Clock;
  signal: AbortSignal;
}): Promise<ProbeReading | undefined> {
  const { target, timeoutMs, clock } = options;
  const { probePlan } = vectorStoreOf(target.store.store.engine);
  if (!probePlan) return undefined;
  const work = linkAbort(options.signal);
  const finished = new AbortController();
  const limit = clock.sleep(timeoutMs, finished.signal).then(() => {
    if (!finished.signal.aborted) work.abort();
  });
  try {
    const plan = probePlan(target.store, options.thresholds);
    let step = plan.next();
    while (!step.done) {
      const answers = await Promise.all(
        step.value.map(request =>
          ask({ ...options, signal: work.signal }, request),
        ),
      );
      step = plan.next(answers);
    }
    return step.value;
  } finally {
    finished.abort();
    work.unlink();
    await limit;
  }
}

async function ask(
  options: {
    transport: KubeTransport;
    target: StoreTarget;
    clock: Clock;
    signal: AbortSignal;
  },
  request: ProbeRequest,
): Promise<ProbeAnswer[]> {
  const { target, clock } = options;
  const { cluster, namespace, readyPods } = target;
  const base = `/api/v1/namespaces/${namespace}`;
  const podPath = (pod: string) =>
    `${base}/pods/${pod}:${request.port}/proxy${request.path}`;
  if (request.eachPod) {
    return Promise.all(
      readyPods.slice(0, MAX_PODS).map(async pod => ({
        ...(await askStore({
          ...options,
          cluster,
          path: podPath(pod),
          request,
        })),
        pod,
      })),
    );
  }
  const service = target.serviceOn(request.port);
  if (service) {
    const path = `${base}/services/${service.name}:${service.port}/proxy${request.path}`;
    return [await askStore({ ...options, cluster, path, request })];
  }
  const [pod] = readyPods;
  if (pod) {
    return [
      await askStore({ ...options, cluster, path: podPath(pod), request }),
    ];
  }
  const message = `No Service leads to port ${request.port} and no pod is ready`;
  return [
    {
      ok: false,
      of: 'Portal',
      fault: { reason: 'NotInstalled', message, at: isoNow(clock) },
      latencyMs: 0,
    },
  ];
}
