import { Cluster } from '../sim/Cluster';
import { Container, Pod } from '../sim/kubeTypes';
import { isPodReady } from '../sim/podReadiness';
import { KubeObject } from '../store/ObjectStore';
import { PodServer } from '../proxy/PodServers';
import { jsonBody, sendJson } from './httpAnswers';
import { OpenAiEngine, openAiEngineOf } from './openAiEngines';

const PREFIX = '/openai';

/** KubeAI's proxy: asks a ready pod of the Model that a request names. It wakes no Model that is scaled to zero. */
export function createKubeAiProxy(
  cluster: Cluster,
  engines: {
    forContainer(engine: OpenAiEngine, container: Container): PodServer;
  },
): PodServer {
  const readyPodOf = (namespace: string | undefined, name: string) => {
    const model = cluster.get('models', namespace, name);
    return cluster
      .controlledBy('pods', model?.metadata.uid)
      .find(pod => isPodReady(pod));
  };
  return {
    handle(request, response) {
      const { namespace } = (request.pod as unknown as Pod).metadata;
      const route = `${request.method} ${request.path}`;
      if (route === `GET ${PREFIX}/v1/models`) {
        sendJson(response, 200, {
          object: 'list',
          data: cluster.list('models', namespace).map(({ metadata }) => ({
            id: metadata.name,
            object: 'model',
            created: Math.floor(
              Date.parse(metadata.creationTimestamp ?? '') / 1000,
            ),
            owned_by: '',
          })),
        });
        return;
      }
      const asked = jsonBody(request)?.model;
      if (!request.path.startsWith(`${PREFIX}/`) || typeof asked !== 'string') {
        sendJson(response, 400, {
          error: { message: 'no model specified in request body' },
        });
        return;
      }
      const pod = readyPodOf(namespace, asked);
      const [container] = pod?.spec.containers ?? [];
      const engine = container && openAiEngineOf(container);
      if (!pod || !engine) {
        const known = cluster.get('models', namespace, asked);
        sendJson(response, known ? 503 : 404, {
          error: {
            message: known
              ? `model ${asked} has no ready replica`
              : `model not found: ${asked}`,
          },
        });
        return;
      }
      void engines.forContainer(engine, container).handle(
        {
          ...request,
          pod: pod as unknown as KubeObject,
          path: request.path.slice(PREFIX.length),
        },
        response,
      );
    },
  };
}
