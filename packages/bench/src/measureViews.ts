import { Portal, PortalRequests } from './portal';
import { timed, timing, Timing } from './statistics';

/** One view, asked alone and by several tabs at once. */
export interface ViewFigures {
  alone: Timing;
  /** Until the last of the tabs has its answer. */
  together: Timing;
  /** Of the answer as it is. */
  bytes: number;
  /** Of the answer as a browser gets it, which takes gzip. */
  wireBytes: number;
  /** Requests to the API server for one view. */
  apiRequests: number;
}

/** The views that are compared. */
export interface Views {
  /** The GPU overview of the live state. */
  overview: ViewFigures;
  /** One entity's GPUs of the live state. */
  entity: ViewFigures;
  /** The entity view of the stock Kubernetes plugin for the same entity. */
  stockEntity: ViewFigures;
}

const TABS = 20;

async function measure(
  portal: Portal,
  view: (headers?: Record<string, string>) => Promise<{ bytes: number }>,
  rounds: { alone: number; together: number },
): Promise<ViewFigures> {
  // The first answers pay for code that is compiled on the way; nobody measures those.
  for (let n = 0; n < 5; n += 1) await view();
  const asked = async () =>
    (await portal.child.ask<PortalRequests>('requests')).count;
  const before = await asked();
  const { bytes } = await view();
  const apiRequests = (await asked()) - before;
  const compressed = await view({ 'Accept-Encoding': 'gzip' });
  const alone: number[] = [];
  for (let n = 0; n < rounds.alone; n += 1)
    alone.push((await timed(() => view())).ms);
  const together: number[] = [];
  for (let n = 0; n < rounds.together; n += 1) {
    const all = await timed(() =>
      Promise.all(Array.from({ length: TABS }, () => view())),
    );
    together.push(all.ms);
  }
  return {
    alone: timing(alone),
    together: timing(together),
    bytes,
    wireBytes: compressed.bytes,
    apiRequests,
  };
}

/** Measures the views of one component; its GPUs are asked for as the entity card does. */
export async function measureViews(
  portal: Portal,
  component: string,
): Promise<Views> {
  const query = new URLSearchParams({
    kubernetesId: component,
    limit: '5',
  });
  const overview = await measure(
    portal,
    headers => portal.call('/api/genai/v1/gpu-overview', { headers }),
    { alone: 300, together: 15 },
  );
  const entity = await measure(
    portal,
    headers =>
      portal.call(`/api/genai/v1/gpu-allocations?${query}`, { headers }),
    { alone: 300, together: 15 },
  );
  const annotations = { 'backstage.io/kubernetes-id': component };
  const stockEntity = await measure(
    portal,
    headers =>
      portal.call(`/api/kubernetes/services/${component}`, {
        headers,
        body: {
          auth: {},
          entity: {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: component, namespace: 'default', annotations },
          },
        },
      }),
    { alone: 40, together: 5 },
  );
  return { overview, entity, stockEntity };
}
