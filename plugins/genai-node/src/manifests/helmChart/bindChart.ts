import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  buildInferenceObjects,
  type RenderOptions,
} from '../buildInferenceObjects';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { chartSettings, type ChartSetting } from './chartSettings';
import { partAt } from './leaves';
import { probeValue, type Slot } from './probeValues';
import type { MapSlot } from './templateText';
import {
  imageValues,
  workloadParts,
  type ContainerResources,
} from './workloadParts';

/** What the values of a chart are at first. */
export interface ChartValues {
  replicas: number;
  image: { repository: string; tag: string };
  /** Absent where more follows from it than a template can say. */
  model?: { id: string; revision?: string };
  /** tokens; absent likewise */
  contextLength?: number;
  resources: ContainerResources;
}

/** Objects, and which of their parts come from values. */
export interface BoundChart {
  objects: KubernetesObjectLike[];
  values: ChartValues;
  /** The least and the most that `replicas` may be without rendering again. */
  replicasRange: [number, number];
  /** By the index of the object. */
  slots: ReadonlyMap<number, (Slot | MapSlot)[]>;
}

/**
 * Finds out which settings of a service a chart can leave to its values: those that change nothing but the text where they show.
 *
 * @throws InputError that names every field with which it could not run
 */
export function bindChart(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions,
): BoundChart {
  const objects = buildInferenceObjects(spec, model, options);
  const probe = (settings: readonly ChartSetting[]) =>
    probeValue(
      objects,
      {
        ...settings.reduce((wanted, { change }) => change(wanted), {
          spec,
          model,
        } as { spec: InferenceSpec; model: Model | undefined }),
        texts: settings.flatMap(({ texts }) => texts),
      },
      options,
    );
  // A value that shows nowhere would promise what it does not do.
  const open = chartSettings(spec).filter(setting => probe([setting])?.length);
  const has = (name: ChartSetting['name']) =>
    open.some(setting => setting.name === name);
  const slots = new Map<number, (Slot | MapSlot)[]>();
  const add = (index: number, slot: Slot | MapSlot) =>
    slots.set(index, [...(slots.get(index) ?? []), slot]);
  // One by one they are explained, so together they are, too.
  for (const slot of probe(open) ?? []) {
    const [index, ...path] = slot.path;
    add(Number(index), { ...slot, path });
  }

  const parts = workloadParts(objects);
  const workload = objects[parts.index];
  const image = partAt(workload, parts.image);
  for (const path of [parts.image, ...(parts.sameImage ?? [])]) {
    for (const slot of imageSlots(path, image)) add(parts.index, slot);
  }
  add(parts.index, { path: parts.resources, map: '.Values.resources' });
  if (!has('replicas')) {
    for (const path of parts.replicas) {
      add(parts.index, {
        path,
        bare: true,
        pieces: [{ expression: 'int64 .Values.replicas' }],
      });
    }
  }
  const { replicas, autoscaling, contextLength } = spec.spec;
  const { id, revision } = spec.spec.model;
  const most = autoscaling?.maxReplicas ?? MOST_REPLICAS;
  return {
    objects,
    values: {
      replicas,
      image: imageValues(image),
      ...(has('model')
        ? { model: { id, ...(revision ? { revision } : {}) } }
        : {}),
      ...(has('contextLength') ? { contextLength } : {}),
      resources: partAt(workload, parts.resources) as ContainerResources,
    },
    replicasRange: [
      autoscaling ? 1 : parts.leastReplicas,
      // Where volume and rollout follow from the number it takes another rendering to get more.
      has('replicas') ? most : replicas,
    ],
    slots,
  };
}

/** As in the spec. */
const MOST_REPLICAS = 64;

function imageSlots(path: Slot['path'], image: unknown): Slot[] {
  const repository = { expression: '.Values.image.repository' };
  const tag = { expression: '.Values.image.tag' };
  return typeof image === 'string'
    ? [{ path, bare: false, pieces: [repository, { text: ':' }, tag] }]
    : [
        { path: [...path, 'repository'], bare: false, pieces: [repository] },
        { path: [...path, 'tag'], bare: false, pieces: [tag] },
      ];
}
