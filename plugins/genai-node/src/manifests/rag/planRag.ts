import type {
  Model,
  ModelServer,
  PlanReason,
  RagPlan,
  RagPlanRequest,
  RagServerPlan,
  StoreCollection,
  VectorStore,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';
import { serviceOf } from '../../derive/serviceOf';
import { formatCount } from '../../sizing/format';
import { DEFAULT_HISTORY_INSTANCES, defaultStoreReplicas } from './ragDefaults';
import { ragLimits, type RagNumbers } from './ragLimits';

/** What the live clusters tell. A list that could not be read is absent, which is not the same as an empty one. @public */
export interface RagPlanFacts {
  /** Facts of the embedding model. */
  model?: Model;
  /** Names of the namespaces of the target's cluster. */
  namespaces?: readonly string[];
  stores?: readonly VectorStore[];
  /** Collections of the store at the address, where it was found and tells them. */
  collections?: readonly StoreCollection[];
  servers?: readonly ModelServer[];
  /** The plan of the embedding server, where one is made. */
  embeddingPlan?: RagServerPlan;
  /** The plan of the language model, where a server of it is made. */
  llmPlan?: RagServerPlan;
}

type Answer = 'Unseen' | undefined;

/** A reason, and whether it stands for something that could not be seen. */
interface Finding {
  reason: PlanReason;
  answer?: Answer;
}

/**
 * Whether a RAG service would work: its numbers, the model servers to be made, the store and the models that exist.
 *
 * @public
 */
export function planRag(
  question: RagPlanRequest,
  facts: RagPlanFacts,
): Omit<RagPlan, 'clusters'> {
  const findings: Finding[] = [
    ...ragLimits(numbersOf(question), facts.model).map(reason => ({ reason })),
    ...judgeNamespace(question, facts),
    ...judgeStore(question, facts),
    ...judgeServer(
      'embedding',
      question.embedding.create ? undefined : question.embedding.url,
      question.embedding.model,
      question,
      facts,
    ),
    ...judgeServer(
      'llm',
      question.llm.create ? undefined : question.llm.url,
      question.llm.model,
      question,
      facts,
    ),
    ...judgePlan('embedding', facts.embeddingPlan),
    ...judgePlan('llm', facts.llmPlan),
  ];
  const { embeddingPlan, llmPlan } = facts;
  const reasons = findings.map(({ reason }) => reason);
  const verdict = verdictOf(findings, [
    embeddingPlan?.verdict,
    llmPlan?.verdict,
  ]);
  return {
    verdict,
    summary: summaryOf(verdict, reasons),
    reasons,
    ...(embeddingPlan ? { embeddingPlan } : {}),
    ...(llmPlan ? { llmPlan } : {}),
  };
}

/** The numbers that the spec would have, with its defaults. */
function numbersOf({
  store,
  embedding,
  llm,
  history,
  retrieval,
  schedule,
}: RagPlanRequest): RagNumbers {
  const { kind, create, replicas } = store;
  const { mode, instances, messages } = history ?? {};
  return {
    store: {
      kind,
      ...(create
        ? {
            create: {
              replicas: replicas ?? defaultStoreReplicas(kind),
              size: '',
            },
          }
        : {}),
    },
    embedding,
    llm,
    ...(mode && mode !== 'None'
      ? {
          history: {
            ...(messages === undefined ? {} : { messages }),
            ...(mode === 'Create'
              ? {
                  create: {
                    instances: instances ?? DEFAULT_HISTORY_INSTANCES,
                    size: '',
                  },
                }
              : {}),
          },
        }
      : {}),
    ...(retrieval ? { retrieval } : {}),
    ...(schedule ? { ingest: { schedule } } : {}),
  };
}

const finding = (
  severity: PlanReason['severity'],
  code: string,
  field: string,
  message: string,
  answer?: Answer,
): Finding => ({ reason: { code, field, severity, message }, answer });

function judgeNamespace(
  { target }: RagPlanRequest,
  { namespaces }: RagPlanFacts,
): Finding[] {
  if (!namespaces) {
    return [
      finding(
        'Warning',
        'NamespacesUnknown',
        'target',
        `the namespaces of cluster "${target.cluster}" cannot be seen`,
        'Unseen',
      ),
    ];
  }
  return namespaces.includes(target.namespace)
    ? []
    : [
        finding(
          'Blocking',
          'NamespaceMissing',
          'target.namespace',
          `cluster "${target.cluster}" has no namespace "${target.namespace}"`,
        ),
      ];
}

function judgeStore(
  { store, embedding, target }: RagPlanRequest,
  { stores, collections }: RagPlanFacts,
): Finding[] {
  // The address of PostgreSQL lies in a Secret, which nobody here reads.
  if (store.create || store.kind === 'pgvector' || !store.url) return [];
  const live = stores?.find(found => hostsStore(found, { store, target }));
  if (!live)
    return unseen(
      'store.url',
      store.url,
      target.namespace,
      stores !== undefined,
    );
  const findings: Finding[] = [];
  if (live.engine !== store.kind) {
    findings.push(
      finding(
        'Blocking',
        'OtherStore',
        'store.kind',
        `${store.url} is ${live.engine}, not ${store.kind}`,
      ),
    );
  }
  if (live.state === 'Down') {
    findings.push(
      finding(
        'Warning',
        'StoreDown',
        'store.url',
        `${live.namespace}/${live.name} is down${live.message ? `: ${live.message}` : ''}`,
      ),
    );
  }
  const collection = collections?.find(({ name }) => name === store.collection);
  if (
    collection?.dimension !== undefined &&
    collection.dimension !== embedding.dimension
  ) {
    findings.push(
      finding(
        'Blocking',
        'CollectionMismatch',
        'embedding.dimension',
        `the collection ${collection.name} of ${live.namespace}/${live.name} has ${formatCount(collection.dimension)} dimensions, the embedding model ${formatCount(embedding.dimension)}. Choose another collection or the model that made it`,
      ),
    );
  }
  if (
    collection?.embeddingModel !== undefined &&
    collection.embeddingModel !== embedding.model
  ) {
    findings.push(
      finding(
        'Blocking',
        'CollectionMismatch',
        'embedding.model',
        `the collection ${collection.name} was made with ${collection.embeddingModel}; vectors of two models cannot be compared`,
      ),
    );
  }
  return findings;
}

function judgeServer(
  part: 'embedding' | 'llm',
  url: string | undefined,
  wanted: string,
  { target }: RagPlanRequest,
  { servers }: RagPlanFacts,
): Finding[] {
  if (!url) return [];
  const field = `${part}.url`;
  const live = servers?.find(({ endpoint }) =>
    sameHost(endpoint?.url, url, target.namespace),
  );
  if (!live) return unseen(field, url, target.namespace, servers !== undefined);
  const { state, namespace, name, model } = live;
  const findings: Finding[] = [];
  if (state !== 'Ready' && state !== 'Degraded') {
    findings.push(
      finding(
        'Warning',
        'ServerNotReady',
        field,
        `${namespace}/${name} is ${state}${live.message ? `: ${live.message}` : ''}`,
      ),
    );
  }
  const served = model?.servedName ?? model?.id;
  if (served !== undefined && served.toLowerCase() !== wanted.toLowerCase()) {
    findings.push(
      finding(
        'Warning',
        'OtherModel',
        `${part}.model`,
        `${namespace}/${name} serves ${served}, not ${wanted}`,
      ),
    );
  }
  return findings;
}

/** What a plan of a server to be made says, led by the part of the service that it is about. */
function judgePlan(
  part: 'embedding' | 'llm',
  plan: RagServerPlan | undefined,
): Finding[] {
  return (plan?.reasons ?? []).map(reason => ({
    reason: { ...reason, field: part },
  }));
}

/** What lies in the cluster should be seen there; of what lies outside nothing is expected. */
function unseen(
  field: string,
  url: string,
  own: string,
  wasRead: boolean,
): Finding[] {
  if (!serviceOf(url, own)) {
    return [
      finding(
        'Info',
        'Outside',
        field,
        `${url} lies outside the clusters; nothing is known of it`,
      ),
    ];
  }
  return [
    finding(
      'Warning',
      'NotSeen',
      field,
      wasRead
        ? `nothing that runs on the clusters answers at ${url}`
        : `what runs on the clusters cannot be seen, so that ${url} was not checked`,
      'Unseen',
    ),
  ];
}

function verdictOf(
  findings: readonly Finding[],
  plans: readonly (Verdict | undefined)[],
): Verdict {
  const has = (severity: PlanReason['severity']) =>
    findings.some(({ reason }) => reason.severity === severity);
  if (has('Blocking') || plans.includes('DoesNotFit')) return 'DoesNotFit';
  if (
    findings.some(({ answer }) => answer === 'Unseen') ||
    plans.includes('Unknown')
  ) {
    return 'Unknown';
  }
  return has('Warning') || plans.includes('Tight') ? 'Tight' : 'Fits';
}

function summaryOf(verdict: Verdict, reasons: readonly PlanReason[]): string {
  const most = {
    DoesNotFit: 'Blocking',
    Unknown: 'Warning',
    Tight: 'Warning',
    Fits: undefined,
  } as const;
  const first = reasons.find(({ severity }) => severity === most[verdict]);
  const said: Readonly<Record<Verdict, string>> = {
    Fits: 'Its parts go together, and those that exist were seen.',
    Tight: 'It works, with less than one might expect',
    Unknown: 'Not everything that it stands on could be seen',
    DoesNotFit: 'It would not work',
  };
  return first ? `${said[verdict]}: ${first.message}` : said[verdict];
}

/**
 * Whether that store lies at the address of the request.
 *
 * @public
 */
export function hostsStore(
  live: Pick<VectorStore, 'endpoint'>,
  { store, target }: Pick<RagPlanRequest, 'store' | 'target'>,
): boolean {
  return sameHost(live.endpoint, store.url, target.namespace);
}

/** Whether two addresses are those of one Service. */
function sameHost(
  live: string | undefined,
  url: string | undefined,
  own: string,
): boolean {
  const left = live && serviceOf(live, own);
  return (
    left !== undefined &&
    left !== '' &&
    url !== undefined &&
    left === serviceOf(url, own)
  );
}
