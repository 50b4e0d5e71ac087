import type {
  InferenceEngine,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import {
  parseEngineVersion,
  type EngineVersion,
} from '../servingRuntimes/engineVersion';
import {
  adoptersImage,
  engineImage,
  type ImageDevice,
} from '../servingRuntimes/images';
import type { Ask } from './Attempt';
import { platformOfDevice } from './judgeEngine';
import type { PlanDevice } from './judgeReplica';

/** Engines whose own memory depends on the release of the vLLM inside. */
const VLLM_INSIDE: ReadonlySet<InferenceEngine> = new Set([
  'vllm',
  'triton',
  'kserve',
  'nim',
]);

/** What an adopter's image makes of a question. */
export interface ImageRelease {
  /** The question with what the image tells. */
  ask: Ask;
  /** What is to be said of the image. */
  reasons: PlanReason[];
}

/**
 * The question as the adopter's image for such a device answers it: its release decides overhead and rules. A version that
 * was asked for goes before it; an image under the tag of the pinned one is the pinned release, on another registry. A tag that
 * does not tell the release leaves the estimate unsure, which is said.
 */
export function imageRelease(ask: Ask, device: PlanDevice): ImageRelease {
  const { engine, images } = ask;
  if (!images?.[engine]) return { ask, reasons: [] };
  const question: ImageDevice = {
    platform: platformOfDevice(device),
    ...(device.product ? { product: device.product } : {}),
    modelId: ask.variant.repository ?? ask.model.id,
  };
  const image = adoptersImage(engine, question, images);
  if (!image) return { ask, reasons: [] };
  const own = { ...ask, ownImage: true };
  // Releases of an added engine are its own, and say nothing of the one that it is sized as.
  if (ask.spoke.sizedAs) return { ask: own, reasons: [] };
  const tag = tagOf(image);
  const pinned = engineImage(engine, question);
  if (ask.engineVersion || (pinned && tagOf(pinned) === tag)) {
    return { ask: own, reasons: [] };
  }
  const engineVersion = releaseOfTag(engine, tag);
  if (engineVersion) return { ask: { ...own, engineVersion }, reasons: [] };
  return {
    ask: own,
    reasons: VLLM_INSIDE.has(engine) ? [releaseUnknown(image)] : [],
  };
}

function releaseUnknown(image: string): PlanReason {
  return {
    code: 'EngineReleaseUnknown',
    field: 'engineVersion',
    severity: 'Warning',
    message: `The image ${image} does not tell its release of vLLM: the engine's own memory is estimated as that of the pinned release. Give the engineVersion to be sure.`,
  };
}

/** Empty for a digest. */
function tagOf(image: string): string {
  return /:([^:/@]+)$/.exec(image.replace(/@.*$/, ''))?.[1] ?? '';
}

/**
 * Release that a tag names: `v0.11.0`, `0.10.2-xpu`, `rocm7.0.0_vllm_0.11.1_20251103`. Tags of engines that are built around
 * vLLM name their own release and not vLLM's.
 */
function releaseOfTag(
  engine: InferenceEngine,
  tag: string,
): EngineVersion | undefined {
  if (engine !== 'vllm' && VLLM_INSIDE.has(engine)) return undefined;
  const [, version] =
    /(?:^v?|vllm[-_]v?)(\d{1,3}\.\d{1,3})(?:[^0-9]|$)/.exec(tag) ?? [];
  return version === undefined ? undefined : parseEngineVersion(version);
}
