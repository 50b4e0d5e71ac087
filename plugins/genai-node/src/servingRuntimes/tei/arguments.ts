import type { EngineQuestion } from '../EngineSpoke';
import { flag } from '../hubVariables';
import { teiBatchTokens } from './overhead';
import { teiPorts } from './ports';

/** Words after `text-embeddings-router`. Source: README at 0d124dc (1.9.3). */
export function teiArguments({ spec }: EngineQuestion): string[] {
  const { model, contextLength } = spec.spec;
  return [
    flag('model-id', model.id),
    ...(model.revision ? [flag('revision', model.revision)] : []),
    flag('served-model-name', model.servedName ?? model.id),
    flag('hostname', '0.0.0.0'),
    flag('port', teiPorts.http),
    flag('max-batch-tokens', teiBatchTokens(contextLength)),
    '--json-output',
  ];
}
