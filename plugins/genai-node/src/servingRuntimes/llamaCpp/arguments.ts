import type { EngineQuestion } from '../EngineSpoke';
import { modelSource, sharesWeights } from '../modelSource';
import { llamaCppCache } from './cache';
import { llamaCppPorts } from './ports';

/** More layers than any model has: all of them go to the GPUs. */
const ALL_LAYERS = 999;

/**
 * Words after `llama-server`, flag and value apart, for it knows no `=`. Source: tools/server/README.md at 00dc805.
 * `--hf-repo` cannot pin a commit, an address can. Slots are left to the server: they share the context, so that one request
 * may use all of it.
 */
export function llamaCppArguments(question: EngineQuestion): string[] {
  const { spec } = question.spec;
  const { id, file, revision = 'main', servedName } = spec.model;
  const cores = spec.cpu?.cores;
  return [
    ...(sharesWeights(question.spec)
      ? [
          '--model',
          `${modelSource(question.spec, llamaCppCache).model}/${file}`,
        ]
      : [
          '--model-url',
          `https://huggingface.co/${id}/resolve/${revision}/${file}`,
        ]),
    '--alias',
    servedName ?? id,
    // Without it the server would listen on 127.0.0.1 alone.
    '--host',
    '0.0.0.0',
    '--port',
    String(llamaCppPorts.http),
    '--ctx-size',
    String(spec.contextLength),
    ...(question.gpuCount > 0 ? ['--n-gpu-layers', String(ALL_LAYERS)] : []),
    ...(cores ? ['--threads', String(cores)] : []),
    '--metrics',
  ];
}
