import { badRequest } from '../store/ApiStatusError';
import { KubeObject, kubeTime } from '../store/ObjectStore';
import { ResourceContext } from '../api/context';
import { numberParameter, requestedObject } from '../api/read';
import { at, nodes } from '../api/schema/nodes';
import { PodLogs } from './PodServers';

const FOLLOW_EVERY_MS = 500;

function containerOf(pod: KubeObject, wanted: string | null): string {
  const names = ['containers', 'initContainers', 'ephemeralContainers'].flatMap(
    list =>
      nodes(at(pod, 'spec', list)).map(container => String(container.name)),
  );
  if (wanted) {
    if (!names.includes(wanted)) {
      throw badRequest(
        `container ${wanted} is not valid for pod ${pod.metadata.name}`,
      );
    }
    return wanted;
  }
  if (nodes(at(pod, 'spec', 'containers')).length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]`,
    );
  }
  return names[0];
}

function checkStarted(pod: KubeObject, container: string, previous: boolean) {
  const status = ['containerStatuses', 'initContainerStatuses']
    .flatMap(list => nodes(at(pod, 'status', list)))
    .find(each => each.name === container);
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)}`;
  if (previous && !at(status, 'lastState', 'terminated')) {
    throw badRequest(`previous terminated ${where} not found`);
  }
  const reason = at(status, 'state', 'waiting', 'reason');
  if (!previous && reason && !at(status, 'lastState', 'terminated')) {
    throw badRequest(`${where} is waiting to start: ${String(reason)}`);
  }
}

function tail(text: string, lines: number | undefined): string {
  if (lines === undefined) {
    return text;
  }
  const all = text.split('\n');
  const last = all[all.length - 1] === '' ? all.length - 1 : all.length;
  return lines === 0 ? '' : all.slice(Math.max(0, last - lines)).join('\n');
}

/** Answers the `log` subresource of a pod. Throws 400 for a container that is not there or has not started. */
export function logs(context: ResourceContext, podLogs: PodLogs): void {
  const { query, response, store } = context;
  const pod = requestedObject(context);
  const container = containerOf(pod, query.get('container'));
  const yes = (name: string) => ['true', '1'].includes(query.get(name) ?? '');
  checkStarted(pod, container, yes('previous'));
  const stamped = (text: string) =>
    yes('timestamps')
      ? text.replace(/^(?=.)/gm, `${kubeTime(store.now())} `)
      : text;
  const limit = numberParameter(query, 'limitBytes');
  let written = podLogs(pod, container);
  response.setHeader('Content-Type', 'text/plain');
  const first = stamped(tail(written, numberParameter(query, 'tailLines')));
  if (!yes('follow')) {
    response.end(limit === undefined ? first : first.slice(0, limit));
    return;
  }
  response.write(first);
  response.flushHeaders();
  const timer = setInterval(() => {
    const current = store.get(
      context.resource,
      pod.metadata.namespace,
      pod.metadata.name,
    );
    if (!current || current.metadata.uid !== pod.metadata.uid) {
      response.end();
      return;
    }
    const text = podLogs(current, container);
    // A container that starts again starts a new log.
    const more = text.startsWith(written) ? text.slice(written.length) : text;
    written = text;
    if (more) {
      response.write(stamped(more));
    }
    if (
      ['Succeeded', 'Failed'].includes(String(at(current, 'status', 'phase')))
    ) {
      response.end();
    }
  }, FOLLOW_EVERY_MS);
  response.on('close', () => clearInterval(timer));
}
