import type {
  InferenceEngine,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS } from '../models';
import { engineRefusal } from './engineRefusal';

const curated = (id: string): Model =>
  CURATED_MODELS.find(model => model.id === id)!;
const CHAT = curated('mistralai/Mistral-7B-Instruct-v0.3');
const EMBEDDING = CURATED_MODELS.find(({ task }) => task === 'embedding')!;
const GGUF: Model = {
  ...CHAT,
  variants: [
    ...CHAT.variants,
    {
      quantization: 'gguf',
      weightsBytes: 4e9,
      repository: 'acme/Mistral-7B-GGUF',
    },
  ],
};

describe('engineRefusal', () => {
  it.each<[InferenceEngine, Model]>([
    ['vllm', CHAT],
    ['sglang', CHAT],
    ['triton', CHAT],
    ['kserve', CHAT],
    ['tgi', CHAT],
    ['tgi-substratus', CHAT],
    ['tei', EMBEDDING],
    ['llama-cpp', GGUF],
    ['nim', curated('meta-llama/Llama-3.1-8B-Instruct')],
  ])('knows a way for %s', (engine, model) => {
    expect(engineRefusal(engine, model)).toBeUndefined();
  });

  it.each<[InferenceEngine, Model, RegExp]>([
    ['llama-cpp', CHAT, /loads GGUF files alone/],
    ['nim', CHAT, /none is pinned for mistralai/],
    ['tei', CHAT, /Text Embeddings Inference|TEI/],
    ['tgi', EMBEDDING, /TGI|Text Generation/],
  ])('tells in the words of %s why it cannot', (engine, model, words) => {
    expect(engineRefusal(engine, model)).toMatch(words);
  });

  it('knows the ways that images of an adopter open', () => {
    const images = { nim: { [`nvidia/${CHAT.id}`]: 'acme.test/nim:1.0' } };
    expect(engineRefusal('nim', CHAT, images)).toBeUndefined();
  });
});
