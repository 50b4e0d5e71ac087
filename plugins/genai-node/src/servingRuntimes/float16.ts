import type {
  Model,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from '../accelerators';

/** The model as far as its data type matters. A configuration tells its family, a catalog entry its id. */
type TypedModel = Pick<Model, 'id' | 'title' | 'dtype'> & {
  /** `model_type` of the text part. */
  modelType?: string;
};

/** Families whose activations overflow float16. */
const NEEDS_BFLOAT16 = /^(google\/gemma-[234]-|gemma[234])/i;

/** Devices without bfloat16 compute in float16: `--dtype=half` must then be given. */
export function needsHalf(
  model: Pick<Model, 'dtype'> | undefined,
  product: AcceleratorProduct | undefined,
): boolean {
  return product?.bf16 === false && model?.dtype !== 'float16';
}

/**
 * What a device without bfloat16 does to the model, whatever the engine.
 *
 * @param consequence - what becomes of a model that overflows, as the end of a sentence: `so vLLM refuses to start`
 */
export function float16Limits(
  {
    model,
    quantization,
    product,
    deviceName,
  }: {
    model?: TypedModel;
    quantization: string;
    product?: AcceleratorProduct;
    deviceName: string;
  },
  consequence: string,
): PlanReason[] {
  if (!model || !needsHalf(model, product)) return [];
  return NEEDS_BFLOAT16.test(model.modelType ?? model.id)
    ? [
        {
          code: 'NeedsBfloat16',
          field: 'product',
          severity: 'Blocking',
          message: `${model.title} overflows in float16 and ${deviceName} has no bfloat16, ${consequence}. Choose a GPU with compute capability 8.0 or more.`,
        },
      ]
    : [
        {
          code: 'RunsInFloat16',
          severity: 'Info',
          message: `${deviceName} has no bfloat16: ${
            quantization === 'none'
              ? 'weights and arithmetic run'
              : 'arithmetic runs'
          } in float16.`,
        },
      ];
}
