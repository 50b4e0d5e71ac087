import type { EngineQuestion } from '../EngineSpoke';
import { flag } from '../hubVariables';
import { modelSource } from '../modelSource';
import { sglangCache } from './cache';
import { quantizeWhileLoading } from '../vllm/arguments';
import { needsHalf } from '../float16';
import { sglangPorts } from './ports';

/**
 * Words after `python3 -m sglang.launch_server`. Source: docs/advanced_features/server_arguments.md at 004813e. Without
 * `--host` it would listen on 127.0.0.1 alone.
 */
export function sglangArguments(question: EngineQuestion): string[] {
  const { model, product } = question;
  const { spec } = question.spec;
  const { id, servedName } = spec.model;
  const { model: source, revision } = modelSource(question.spec, sglangCache);
  return [
    flag('model-path', source),
    ...(revision ? [flag('revision', revision)] : []),
    flag('served-model-name', servedName ?? id),
    flag('host', '0.0.0.0'),
    flag('port', sglangPorts.http),
    flag('tp-size', question.gpuCount),
    flag('context-length', spec.contextLength),
    // The share is of weights and KV cache alone; untold, SGLang leaves room for the rest by itself.
    ...(spec.gpuMemoryUtilization
      ? [flag('mem-fraction-static', spec.gpuMemoryUtilization)]
      : []),
    ...(spec.kvCacheDtype === 'fp8'
      ? [flag('kv-cache-dtype', 'fp8_e4m3')]
      : []),
    ...(needsHalf(model, product) ? [flag('dtype', 'half')] : []),
    ...quantizeWhileLoading(question),
    '--enable-metrics',
  ];
}
