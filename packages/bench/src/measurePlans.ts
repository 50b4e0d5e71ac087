import type { GpuNode } from '@promptside/backstage-plugin-genai-common';
import {
  CURATED_MODELS,
  planInference,
} from '@promptside/backstage-plugin-genai-node';
import { timing, type Timing } from './statistics';

const GIB = 2 ** 30;

/** Products of the made-up fleet, one after another over its nodes. */
const PRODUCTS = [
  { product: 'NVIDIA-H100-80GB-HBM3', gib: 79.6 },
  { product: 'NVIDIA-A100-SXM4-80GB', gib: 79.3 },
  { product: 'NVIDIA-L40S', gib: 44.5 },
  { product: 'NVIDIA-L4', gib: 22.5 },
] as const;

/** Nodes of eight GPUs each, of which some are free: a new array each time, so that nothing is remembered of the last. */
export function fleet(count: number): GpuNode[] {
  return Array.from({ length: count }, (_, index) => {
    const { product, gib } = PRODUCTS[index % PRODUCTS.length];
    const free = (index * 7) % 9;
    return {
      cluster: 'bench',
      name: `node-${index}`,
      state: 'Ready',
      taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
      pools: [
        {
          vendor: 'nvidia',
          resource: 'nvidia.com/gpu',
          sharing: 'Whole',
          product,
          memoryBytes: gib * GIB,
          counts: {
            capacity: 8,
            allocatable: 8,
            allocated: 8 - free,
            free,
            unhealthy: 0,
          },
        },
      ],
    };
  });
}

/** What planning costs; all in one thread. */
export interface PlanFigures {
  nodes: number;
  models: number;
  /** Verdicts of all models on a fleet that just changed. */
  badges: Timing;
  /** Plans a second for one model after another at one context after another, on a fleet that does not change. */
  plansPerSecond: number;
}

/** Plans as the REST route does, without HTTP. */
export function measurePlans(options: {
  nodes: number;
  models: number;
  rounds: number;
}): PlanFigures {
  const models = CURATED_MODELS.slice(0, options.models);
  const planAll = (nodes: GpuNode[], contextLength?: number) => {
    for (const model of models) {
      planInference({
        model,
        request: {
          model: model.id,
          ...(contextLength === undefined
            ? {}
            : {
                contextLength: Math.min(contextLength, model.contextLength),
              }),
        },
        inventory: { nodes, quota: [], quotaKnown: true },
      });
    }
  };
  const badges: number[] = [];
  // The first rounds warm the compiler up, as the first minute of a portal does.
  for (let round = -5; round < options.rounds; round += 1) {
    const nodes = fleet(options.nodes);
    const began = performance.now();
    planAll(nodes);
    if (round >= 0) badges.push(performance.now() - began);
  }
  const nodes = fleet(options.nodes);
  const began = performance.now();
  for (let round = 0; round < options.rounds; round += 1) {
    planAll(nodes, 1024 + 512 * round);
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    nodes: options.nodes,
    models: models.length,
    badges: timing(badges),
    plansPerSecond: (options.rounds * models.length) / seconds,
  };
}
