import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  genaiModelLookupPermission,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import { findModel } from '@promptside/backstage-plugin-genai-node';
import { authorize } from '../authorize';
import {
  LookupsDisabledError,
  type LookupModel,
} from '../huggingFace/createModelLookup';
import type { ModelCatalog } from '../models/ModelCatalog';

/**
 * Facts of a model: the catalog's, else the hub's for those who may look models up.
 *
 * Throws `NotFoundError` where nobody has it, `InputError` where its files do not tell what a plan needs, and
 * `ServiceUnavailableError` where the hub does not answer. Each names the field `model`.
 */
export type ModelResolver = (
  id: string,
  credentials: BackstageCredentials,
) => Promise<Model>;

/** Resolves models for plans. */
export function createModelResolver({
  catalog,
  lookupModel,
  permissions,
}: {
  catalog: ModelCatalog;
  lookupModel: LookupModel;
  permissions: PermissionsService;
}): ModelResolver {
  return async (id, credentials) => {
    const known = findModel(catalog.models(), id);
    if (known) return known;
    const missing = `Field "model": the catalog has no model "${id}"`;
    try {
      await authorize(permissions, genaiModelLookupPermission, credentials);
      const { model, reason } = await lookupModel(id);
      if (model) return model;
      throw new InputError(
        `${missing}, and the hub's cannot be planned for: ${reason}`,
      );
    } catch (error) {
      throw asFault(error, missing);
    }
  };
}

function asFault(error: unknown, missing: string): unknown {
  if (NotAllowedError.is(error) || error instanceof LookupsDisabledError) {
    return new NotFoundError(
      `${missing}; GET /v1/models lists those it has. ${error.message}, so it was not looked up on the hub`,
    );
  }
  if (NotFoundError.is(error)) {
    return new NotFoundError(`${missing}. ${error.message}`);
  }
  if (ServiceUnavailableError.is(error)) {
    return new ServiceUnavailableError(
      `${missing}, and it could not be looked up: ${error.message}`,
    );
  }
  return error;
}
