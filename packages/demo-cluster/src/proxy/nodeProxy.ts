import { notFound } from '../store/ApiStatusError';
import { ResourceId } from '../store/ObjectStore';
import { ResourceContext } from '../api/context';
import { at, nodes } from '../api/schema/nodes';
import { sendJson, sendText } from '../workloads/httpAnswers';
import { parseTarget, unavailable } from './proxy';

const NODES: ResourceId = { group: '', version: 'v1', plural: 'nodes' };
const SUMMARY = '/stats/summary';

/** Hands a request to the kubelet of a node, which knows the use of volumes and no more. Throws 404 or 503. */
export async function proxyToNode(
  context: ResourceContext,
  statsOf: (node: string) => Promise<object>,
): Promise<void> {
  const { response, requested, store } = context;
  const { name } = parseTarget(requested.name ?? '');
  const node = store.get(NODES, undefined, name);
  if (!node) throw notFound(NODES, name);
  const [address] = nodes(at(node, 'status', 'addresses'));
  const ready = nodes(at(node, 'status', 'conditions')).find(
    ({ type }) => type === 'Ready',
  );
  if (ready?.status !== 'True') {
    throw unavailable(
      `error trying to reach service: dial tcp ${String(address?.address)}:10250: connect: no route to host`,
    );
  }
  if (requested.rest === SUMMARY) {
    sendJson(response, 200, await statsOf(name));
  } else {
    sendText(
      response,
      404,
      'text/plain; charset=utf-8',
      '404 page not found\n',
    );
  }
}
