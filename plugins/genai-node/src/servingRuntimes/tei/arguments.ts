import type { EngineQuestion } from '../EngineSpoke';
import { flag } from '../hubVariables';
import { modelSource } from '../modelSource';
import { teiCache } from './cache';
import { teiBatchTokens } from './overhead';
import { teiPorts } from './ports';

/** Words after `text-embeddings-router`. Source: README at 0d124dc (1.9.3). */
export function teiArguments({ spec }: EngineQuestion): string[] {
  const { model, contextLength } = spec.spec;
  const { model: source, revision } = modelSource(spec, teiCache);
  return [
    flag('model-id', source),
    ...(revision ? [flag('revision', revision)] : []),
    flag('served-model-name', model.servedName ?? model.id),
    flag('hostname', '0.0.0.0'),
    flag('port', teiPorts.http),
    flag('max-batch-tokens', teiBatchTokens(contextLength)),
    '--json-output',
  ];
}
