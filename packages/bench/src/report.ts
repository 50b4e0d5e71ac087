import { MemoryFigures, SyncFigures } from './measureSync';
import { ViewFigures, Views } from './measureViews';
import { Timing } from './statistics';

/** Everything that one run measured. */
export interface Figures {
  /** What answered as the Kubernetes API. */
  server: string;
  size: { nodes: number; pods: number; gpus: number; podBytes: number };
  /** Pods of the entity whose GPUs are asked for. */
  entityPods: number;
  machine: { cpus: number; memoryBytes: number; node: string };
  sync: SyncFigures;
  memory: MemoryFigures;
  views: Views;
  hints: Timing;
}

/** One line of the verdict. */
export interface Goal {
  what: string;
  value: number;
  unit: string;
  /** Reached when the value is at most (or at least) this. */
  limit: number;
  atLeast?: boolean;
  reached: boolean;
}

const MB = 1e6;
const KB = 1e3;

function goal(
  what: string,
  value: number,
  unit: string,
  limit: number,
  atLeast = false,
): Goal {
  const reached = atLeast ? value >= limit : value <= limit;
  return { what, value, unit, limit, atLeast, reached };
}

/** Compares the figures with what the product promises. */
export function goals({ sync, memory, views, hints }: Figures): Goal[] {
  const { overview, entity, stockEntity } = views;
  return [
    goal(
      'cold sync against the raw download',
      sync.syncMs / sync.rawMs,
      'x',
      2.5,
    ),
    ...(sync.kubectlMs === undefined
      ? []
      : [
          goal(
            'cold sync faster than kubectl',
            sync.kubectlMs / sync.syncMs,
            'x',
            3,
            true,
          ),
        ]),
    goal('memory of the state', memory.stateBytes / MB, 'MB', 150),
    goal('GPU overview, p50', overview.alone.p50Ms, 'ms', 20),
    goal('GPU overview, size', overview.bytes / KB, 'KB', 100),
    goal(
      'GPU overview faster than lists through the stock proxy',
      sync.rawProxyMs / overview.alone.p50Ms,
      'x',
      100,
      true,
    ),
    goal("one entity's GPUs, p50", entity.alone.p50Ms, 'ms', 5),
    goal("one entity's GPUs, size", entity.bytes / KB, 'KB', 10),
    goal("one entity's GPUs, on the wire", entity.wireBytes / KB, 'KB', 10),
    goal("one entity's GPUs, API requests", entity.apiRequests, '', 0),
    goal(
      "one entity's GPUs faster than the stock view",
      stockEntity.alone.p50Ms / entity.alone.p50Ms,
      'x',
      10,
      true,
    ),
    goal(
      'the same for 20 tabs at once',
      stockEntity.together.p50Ms / entity.together.p50Ms,
      'x',
      10,
      true,
    ),
    goal('pod event to hint, p99', hints.p99Ms, 'ms', 1000),
  ];
}

const round = (value: number) =>
  value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

function viewLine(name: string, view: ViewFigures): string {
  const { alone, together, bytes, wireBytes, apiRequests } = view;
  return [
    name.padEnd(34),
    `p50 ${round(alone.p50Ms)} ms`,
    `p99 ${round(alone.p99Ms)} ms`,
    `20 at once ${round(together.p50Ms)} ms`,
    `${round(bytes / KB)} KB, ${round(wireBytes / KB)} KB compressed`,
    `${apiRequests} API requests`,
  ].join('  ');
}

/** The run as text: figures first, then the goals. */
export function reportText(figures: Figures): string {
  const { size, machine, sync, memory, views, hints } = figures;
  const lines = [
    `${figures.server}: ${size.nodes} nodes, ${size.gpus} GPUs, ${size.pods} pods of ${round(size.podBytes / KB)} KB; ${machine.cpus} cores, ${round(machine.memoryBytes / 2 ** 30)} GiB, Node ${machine.node}`,
    `times of reading everything are medians of ${sync.rounds} rounds`,
    '',
    `raw download of nodes and pods     ${round(sync.rawMs)} ms, ${round(sync.rawBytes / MB)} MB, then ${round(sync.parseMs)} ms to parse`,
    `the same through the stock proxy   ${round(sync.rawProxyMs)} ms`,
    `kubectl get nodes,pods -A -o json  ${sync.kubectlMs === undefined ? 'not measured: no kubectl' : `${round(sync.kubectlMs)} ms`}`,
    `cold sync of the live state        ${round(sync.syncMs)} ms (${round(sync.syncMs / sync.rawProxyMs)} x the lists through the proxy), ${sync.syncRequests} API requests, ${sync.objects} objects`,
    `memory of the state                ${round(memory.stateBytes / MB)} MB; the whole portal is resident with ${round(memory.portalResidentBytes / MB)} MB`,
    '',
    viewLine('GPU overview', views.overview),
    viewLine("one entity's GPUs", views.entity),
    viewLine('the same entity, stock view', views.stockEntity),
    `(the entity has ${figures.entityPods} pods)`,
    '',
    `pod event to pushed hint           p50 ${round(hints.p50Ms)} ms, p99 ${round(hints.p99Ms)} ms`,
    '',
    ...goals(figures).map(
      one =>
        `${one.reached ? 'reached' : 'MISSED '}  ${one.what}: ${round(one.value)} ${one.unit} (goal: at ${one.atLeast ? 'least' : 'most'} ${one.limit} ${one.unit})`,
    ),
  ];
  return lines.join('\n');
}
