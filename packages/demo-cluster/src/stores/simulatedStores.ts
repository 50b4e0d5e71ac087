import { at, nodes } from '../api/schema/nodes';
import { PodServer, PodServers } from '../proxy/PodServers';
import { KubeObject } from '../store/ObjectStore';
import { jsonBody, sendJson, sendText } from '../workloads/httpAnswers';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

const hasImage = (pod: KubeObject, pattern: RegExp) => {
  const [container] = nodes(at(pod, 'spec', 'containers'));
  const [status] = nodes(at(pod, 'status', 'containerStatuses'));
  return (
    pattern.test(String(container?.image ?? '')) &&
    at(status ?? {}, 'state', 'running') !== undefined
  );
};

/** The exporter of one CloudNativePG instance, with the metrics that say how it is. */
const cnpgExporter: PodServer = {
  handle({ pod, path }, response) {
    if (path !== '/metrics') {
      sendText(response, 404, TEXT, 'not found\n');
      return;
    }
    const standby =
      pod.metadata.labels?.['cnpg.io/instanceRole'] === 'replica' ? 1 : 0;
    const lines = [
      'cnpg_collector_up{cluster="demo"} 1',
      'cnpg_collector_fencing_on 0',
      'cnpg_collector_manual_switchover_required 0',
      'cnpg_collector_nodes_used 3',
      'cnpg_collector_pg_wal_archive_status{value="ready"} 0',
      `cnpg_pg_replication_in_recovery ${standby}`,
      `cnpg_pg_replication_lag ${standby * 0.2}`,
      ...(standby
        ? []
        : [
            'cnpg_collector_sync_replicas{value="expected"} 1',
            'cnpg_collector_sync_replicas{value="observed"} 2',
          ]),
    ];
    sendText(response, 200, TEXT, `${lines.join('\n')}\n`);
  },
};

const COLLECTION = 'products';

/** Answers of Milvus' REST v2 about the one collection that there is. */
const MILVUS_ANSWERS: Readonly<Record<string, unknown>> = {
  'collections/list': [COLLECTION],
  'collections/describe': {
    collectionName: COLLECTION,
    description: '{"embedding_model":"BAAI/bge-base-en-v1.5"}',
    fields: [
      { name: 'id', type: 'Int64', primaryKey: true },
      {
        name: 'vector',
        type: 'FloatVector',
        params: [{ key: 'dim', value: '768' }],
      },
    ],
    indexes: [
      { fieldName: 'vector', indexName: 'vector', metricType: 'COSINE' },
    ],
    load: 'LoadStateLoaded',
    properties: [],
  },
  'collections/get_stats': { rowCount: 12_480 },
  'collections/get_load_state': {
    loadState: 'LoadStateLoaded',
    loadProgress: 100,
  },
  'indexes/describe': [
    {
      indexName: 'vector',
      indexType: 'HNSW',
      indexState: 'Finished',
      metricType: 'COSINE',
      totalRows: 12_480,
      indexedRows: 12_480,
      pendingRows: 0,
      failReason: '',
    },
  ],
};

const milvusApi: PodServer = {
  handle(request, response) {
    const call = request.path.replace(/^\/v2\/vectordb\//, '');
    const { collectionName = COLLECTION } = jsonBody(request) ?? {};
    if (!(call in MILVUS_ANSWERS)) {
      sendText(response, 404, TEXT, '404 page not found\n');
    } else if (collectionName !== COLLECTION) {
      sendJson(response, 200, {
        code: 100,
        message: `can't find collection[collection=${String(collectionName)}]`,
      });
    } else {
      sendJson(response, 200, { code: 0, data: MILVUS_ANSWERS[call] });
    }
  },
};

const milvusHealth: PodServer = {
  handle({ path }, response) {
    if (path === '/healthz') sendText(response, 200, TEXT, 'OK');
    else sendText(response, 404, TEXT, '404 page not found\n');
  },
};

/** Stores that are played at the level of their protocol: the exporters of CloudNativePG, and Milvus. */
export function registerSimulatedStores(podServers: PodServers): void {
  podServers.register((pod, port) => {
    if (port === 9187 && pod.metadata.labels?.['cnpg.io/cluster']) {
      return hasImage(pod, /./) ? cnpgExporter : undefined;
    }
    if (!hasImage(pod, /(^|\/)milvus(:|@|$)/)) return undefined;
    if (port === 9091) return milvusHealth;
    return port === 19_530 ? milvusApi : undefined;
  });
}
