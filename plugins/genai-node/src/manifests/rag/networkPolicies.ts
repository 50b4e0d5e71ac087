import {
  LABELS,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../../servingRuntimes/engineOf';
import { selectorLabels } from '../objects/identity';
import {
  inNamespace,
  MONITORING_NAMESPACE,
  nameService,
  type NetworkPolicyObject,
  type Peer,
} from '../objects/networkPolicy';
import { embeddingEndpointOf, embeddingServerName } from './embeddingServer';
import { historyClusterName } from './historyCluster';
import { ragMeta, ragSelector } from './identity';
import { llmEndpointOf, llmServerSpec } from './llmServer';
import { PORTS } from './ports';
import { ownStoreName } from './ownStore';
import { storeAddressOf } from './storeAddress';

type Egress = NetworkPolicyObject['spec']['egress'];
type Rule = Egress[number];

/** Label that CloudNativePG puts on the pods of a cluster. */
const POSTGRES_LABEL = 'cnpg.io/cluster';

const tcp = (port: number) => ({ protocol: 'TCP' as const, port });

/** The API answers its namespace, the named clients and Prometheus, and asks the four that it needs; ingestion answers nobody. */
export function buildRagPolicies(spec: RagSpec): NetworkPolicyObject[] {
  const { clients = [], monitoring, target } = spec.spec;
  const namespaces = new Set([
    ...clients,
    ...(monitoring ? [monitoring.namespace ?? MONITORING_NAMESPACE] : []),
  ]);
  namespaces.delete(target.namespace);
  const toStoreAndEmbeddings = [toStore(spec), toEmbeddings(spec)];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: ragMeta(spec, 'query-api'),
      spec: {
        podSelector: { matchLabels: ragSelector(spec, 'query-api') },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [{ podSelector: {} }, ...[...namespaces].map(inNamespace)],
            ports: [tcp(PORTS.api)],
          },
        ],
        egress: merged([
          nameService(),
          ...toStoreAndEmbeddings,
          toLlm(spec),
          ...toHistory(spec),
        ]),
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: ragMeta(spec, 'ingestion', {
        name: `${spec.metadata.name}-ingest`,
      }),
      spec: {
        podSelector: { matchLabels: ragSelector(spec, 'ingestion') },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [],
        egress: merged([
          nameService(),
          ...toStoreAndEmbeddings,
          ...toSources(spec),
        ]),
      },
    },
  ];
}

function toStore(spec: RagSpec): Rule {
  const { store, target } = spec.spec;
  const address = storeAddressOf(spec);
  if (store.create && store.kind === 'pgvector') {
    return toPostgres(ownStoreName(spec));
  }
  if (address) return toUrl(address, target.namespace, store.namespace);
  // The address lies in a Secret; the port is PostgreSQL's.
  return {
    ...(store.namespace ? { to: [inNamespace(store.namespace)] } : {}),
    ports: [tcp(PORTS.pgvector)],
  };
}

function toEmbeddings(spec: RagSpec): Rule {
  const { embedding, target } = spec.spec;
  const url = embeddingEndpointOf(spec);
  return embedding.create
    ? {
        to: [ofInstance(embeddingServerName(spec))],
        ports: [tcp(portOf(new URL(url)))],
      }
    : toUrl(url, target.namespace);
}

function toLlm(spec: RagSpec): Rule {
  const own = llmServerSpec(spec);
  if (!own) return toUrl(llmEndpointOf(spec), spec.spec.target.namespace);
  // Of the pods and not of the Service, which some operators make at another port.
  return {
    to: [{ podSelector: { matchLabels: selectorLabels(own) } }],
    ports: [tcp(engineOf(own).ports.http)],
  };
}

function toHistory(spec: RagSpec): Rule[] {
  const { history } = spec.spec;
  if (!history) return [];
  return [
    history.create
      ? toPostgres(historyClusterName(spec))
      : { ports: [tcp(PORTS.pgvector)] },
  ];
}

/** Web pages and repositories lie at addresses that change: any, by the ports that the sources name. */
function toSources(spec: RagSpec): Rule[] {
  const ports = new Set(
    spec.spec.ingest.sources
      .map(source => source.replace(/^git\+/, ''))
      .filter(source => /^https?:\/\//.test(source) && URL.canParse(source))
      .map(source => portOf(new URL(source))),
  );
  return ports.size > 0 ? [{ ports: [...ports].sort().map(tcp) }] : [];
}

function toPostgres(cluster: string): Rule {
  return {
    to: [{ podSelector: { matchLabels: { [POSTGRES_LABEL]: cluster } } }],
    ports: [tcp(PORTS.pgvector)],
  };
}

const ofInstance = (name: string): Peer => ({
  podSelector: { matchLabels: { [LABELS.instance]: name } },
});

/**
 * The way to an address. In the cluster it is bound to the namespace; policies see the pod's port and not the Service's, so that of
 * the usual Services on 80 and 443 is left open. Outside, policies know no names: the port alone.
 */
function toUrl(url: string, own: string, known?: string): Rule {
  const parsed = new URL(url);
  const port = portOf(parsed);
  const namespace = known ?? namespaceOf(parsed.hostname, own);
  if (!namespace) return { ports: [tcp(port)] };
  const behindService = port === 80 || port === 443;
  return {
    to: [namespace === own ? { podSelector: {} } : inNamespace(namespace)],
    ...(behindService ? {} : { ports: [tcp(port)] }),
  };
}

function portOf({ port, protocol }: URL): number {
  if (port) return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** `name.namespace.svc`, with or without the cluster's domain; a bare name is one of the own namespace. */
function namespaceOf(host: string, own: string): string | undefined {
  const [, namespace, svc] = host.split('.');
  if (namespace === undefined) return own;
  return svc === 'svc' ? namespace : undefined;
}

/** Each way once. */
function merged(rules: readonly Rule[]): Egress {
  const seen = new Map(rules.map(rule => [JSON.stringify(rule), rule]));
  return [...seen.values()];
}
