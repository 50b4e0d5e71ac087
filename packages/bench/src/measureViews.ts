import { CLUSTER_NAME, Portal, PortalRequests } from './portal';
import { timed, timing, Timing } from './statistics';

/** One view, asked alone and by several tabs at once. */
export interface ViewFigures {
  alone: Timing;
  /** Until the last of the tabs has its answer. */
  together: Timing;
  bytes: number;
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
  /** Nodes and pods through the stock proxy, which is what an overview without live state costs. */
  stockLists: { ms: number; bytes: number };
}

const TABS = 20;

async function measure(
  portal: Portal,
  view: () => Promise<{ bytes: number }>,
  rounds: { alone: number; together: number },
): Promise<ViewFigures> {
  // The first answers pay for code that is compiled on the way; nobody measures those.
  for (let n = 0; n < 5; n += 1) await view();
  const asked = async () =>
    (await portal.child.ask<PortalRequests>('requests')).count;
  const before = await asked();
  const { bytes } = await view();
  const apiRequests = (await asked()) - before;
  const alone: number[] = [];
  for (let n = 0; n < rounds.alone; n += 1) alone.push((await timed(view)).ms);
  const together: number[] = [];
  for (let n = 0; n < rounds.together; n += 1) {
    const all = await timed(() =>
      Promise.all(Array.from({ length: TABS }, view)),
    );
    together.push(all.ms);
  }
  return {
    alone: timing(alone),
    together: timing(together),
    bytes,
    apiRequests,
  };
}

/** Measures the views of one component. */
export async function measureViews(
  portal: Portal,
  component: string,
): Promise<Views> {
  const query = new URLSearchParams({ kubernetesId: component });
  const overview = await measure(
    portal,
    () => portal.call('/api/genai/v1/gpu-overview'),
    { alone: 300, together: 15 },
  );
  const entity = await measure(
    portal,
    () => portal.call(`/api/genai/v1/gpu-allocations?${query}`),
    { alone: 300, together: 15 },
  );
  const annotations = { 'backstage.io/kubernetes-id': component };
  const stockEntity = await measure(
    portal,
    () =>
      portal.call(`/api/kubernetes/services/${component}`, {
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
  const headers = { 'Backstage-Kubernetes-Cluster': CLUSTER_NAME };
  const { result, ms } = await timed(async () => {
    const nodes = await portal.call('/api/kubernetes/proxy/api/v1/nodes', {
      headers,
    });
    const pods = await portal.call('/api/kubernetes/proxy/api/v1/pods', {
      headers,
    });
    JSON.parse(nodes.text);
    JSON.parse(pods.text);
    return nodes.bytes + pods.bytes;
  });
  return { overview, entity, stockEntity, stockLists: { ms, bytes: result } };
}
