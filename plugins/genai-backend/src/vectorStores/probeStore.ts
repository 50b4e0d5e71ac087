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
import { askDirectly } from './askDirectly';
import { askStore } from './askStore';
import type { StoreCredential } from './storeCredentials';

/** Instances that are asked one by one. */
const MAX_PODS = 16;

const MIN_SECRET = 8;

interface Asking {
  transport: KubeTransport;
  target: StoreTarget;
  /** Of this very store. */
  credential?: StoreCredential;
  /** For addresses that are configured. */
  fetch?: typeof fetch;
  clock: Clock;
  signal: AbortSignal;
}

/** Runs the plan of a store's engine, all of it within `timeoutMs`. Never throws. `undefined` for a store that speaks no HTTP. */
export async function probeStore(
  options: Asking & { timeoutMs: number; thresholds: StoreThresholds },
): Promise<ProbeReading | undefined> {
  const { target, timeoutMs, clock } = options;
  const { probePlan } = vectorStoreOf(target.store.store.engine);
  if (!probePlan) return undefined;
  const work = linkAbort(options.signal);
  const finished = new AbortController();
  const limit = clock.sleep(timeoutMs, finished.signal).then(() => {
    if (!finished.signal.aborted) work.abort();
  });
  const asking = { ...options, signal: work.signal };
  try {
    const plan = probePlan(target.store, options.thresholds);
    let step = plan.next();
    while (!step.done) {
      const answers = await Promise.all(
        step.value.map(request => askWithCredential(asking, request)),
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

/** Shows the store its credential where it asks for one, and nobody else. */
async function askWithCredential(
  asking: Asking,
  request: ProbeRequest,
): Promise<ProbeAnswer[]> {
  const { target, credential, clock } = asking;
  const use = vectorStoreOf(target.store.store.engine).credential;
  if (!credential || use?.port !== request.port) return ask(asking, request);
  const { token, url } = credential;
  const headers = use.headers(token);
  if (url) {
    const answer = await askDirectly({
      ...asking,
      fetch: asking.fetch ?? fetch,
      url,
      request,
      headers,
    });
    return [withoutSecret(answer, token)];
  }
  if (!use.passesProxy) {
    return [
      refusedHere(
        `The credential "${credential.name}" needs the url of the store: its header does not pass an API server`,
        isoNow(clock),
      ),
    ];
  }
  const answers = await ask(asking, request, headers);
  return answers.map(answer => withoutSecret(answer, token));
}

async function ask(
  asking: Asking,
  request: ProbeRequest,
  headers?: Readonly<Record<string, string>>,
): Promise<ProbeAnswer[]> {
  const { target, clock } = asking;
  const { cluster, namespace, readyPods } = target;
  const base = `/api/v1/namespaces/${namespace}`;
  const askPath = (path: string) =>
    askStore({
      ...asking,
      cluster,
      path: `${base}/${path}/proxy${request.path}`,
      request,
      headers,
    });
  const askPod = (pod: string) => askPath(`pods/${pod}:${request.port}`);
  if (request.eachPod) {
    return Promise.all(
      readyPods
        .slice(0, MAX_PODS)
        .map(async pod => ({ ...(await askPod(pod)), pod })),
    );
  }
  const service = target.serviceOn(request.port);
  if (service)
    return [await askPath(`services/${service.name}:${service.port}`)];
  const [pod] = readyPods;
  if (pod) return [await askPod(pod)];
  const message = `No Service leads to port ${request.port} and no pod is ready`;
  return [refusedHere(message, isoNow(clock), 'NotInstalled')];
}

function refusedHere(
  message: string,
  at: string,
  reason: 'Unauthorized' | 'NotInstalled' = 'Unauthorized',
): ProbeAnswer {
  return {
    ok: false,
    of: 'Portal',
    fault: { reason, message, at },
    latencyMs: 0,
  };
}

/** A store that repeats what it was shown must not make a page show it. */
function withoutSecret(answer: ProbeAnswer, secret: string): ProbeAnswer {
  // shorter ones are found in anything
  if (secret.length < MIN_SECRET) return answer;
  const clean = (text: string) => text.replaceAll(secret, '***');
  if (answer.ok) return { ...answer, text: clean(answer.text) };
  const { fault } = answer;
  return { ...answer, fault: { ...fault, message: clean(fault.message) } };
}
