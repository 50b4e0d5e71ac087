import { ConflictError } from '@backstage/errors';
import type {
  Model,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  findModel,
  type ModelServerTarget,
} from '@promptside/backstage-plugin-genai-node';

/** Where a question goes, on one cluster. */
export interface ChatTarget {
  /** On the API server. */
  path: string;
  /** Name of the model there; absent: the server has only one and names none. */
  model?: string;
  namespace: string;
}

/** Whether the catalog knows the model for another task than text. */
function isOfOtherTask(models: readonly Model[], id: string | undefined) {
  const task = id && findModel(models, id)?.task;
  return task === 'embedding' || task === 'rerank';
}

/**
 * The chat completions of a model server behind its Service, through the API server's service proxy. Everything in it comes
 * from live objects, so nobody can send the backend anywhere else.
 *
 * @throws ConflictError when the server generates no text, has no Service or is not ready
 */
export function chooseChatTarget(
  item: ModelServer,
  target: ModelServerTarget,
  models: readonly Model[],
): ChatTarget {
  const { namespace, name, state, runtime } = item;
  const { service, basePath, protocol, modelName } = target;
  if (
    protocol !== 'openai' ||
    runtime === 'tei' ||
    isOfOtherTask(models, item.model?.id)
  ) {
    throw new ConflictError(
      `Model server "${name}" answers no chat completions`,
    );
  }
  if (!service) {
    throw new ConflictError(
      `Model server "${name}" has no Service in namespace "${namespace}" that leads to its API`,
    );
  }
  if (state !== 'Ready' && state !== 'Degraded') {
    throw new ConflictError(
      `Model server "${name}" is ${state}, not ready${item.message ? `: ${item.message}` : ''}`,
    );
  }
  return {
    path: `/api/v1/namespaces/${namespace}/services/${service.name}:${service.port}/proxy${basePath}/chat/completions`,
    ...(modelName ? { model: modelName } : {}),
    namespace,
  };
}
