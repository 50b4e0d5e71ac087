import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { CURATED_MODELS } from '@promptside/backstage-plugin-genai-node';
import {
  LookupsDisabledError,
  type LookupModel,
} from '../huggingFace/createModelLookup';
import type { ModelCatalog } from '../models/ModelCatalog';
import { createModelResolver } from './createModelResolver';

const KNOWN = 'google/gemma-2-9b-it';
const OTHER = 'acme/chat-8b';
const catalog = { models: () => CURATED_MODELS } as ModelCatalog;
const found = { ...CURATED_MODELS[0], id: OTHER };
const answer = {
  id: OTHER,
  gated: false,
  checkedAt: '2026-01-01T00:00:00.000Z',
};

function resolve(
  id: string,
  lookupModel: LookupModel,
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const permissions = mockServices.permissions.mock({
    authorize: async queries => queries.map(() => ({ result })),
  });
  return createModelResolver({ catalog, lookupModel, permissions })(
    id,
    mockCredentials.user(),
  );
}

describe('createModelResolver', () => {
  it('takes a model of the catalog without asking anybody', async () => {
    const lookup = jest.fn();
    const model = await resolve(KNOWN, lookup, AuthorizeResult.DENY);
    expect(model.id).toBe(KNOWN);
    expect(lookup).not.toHaveBeenCalled();
  });

  it('looks any other up on the hub', async () => {
    const lookup = jest.fn(async () => ({
      ...answer,
      state: 'Found' as const,
      model: found,
    }));
    expect(await resolve(OTHER, lookup)).toBe(found);
    expect(lookup).toHaveBeenCalledWith(OTHER);
  });

  it.each<[string, LookupModel, string, RegExp]>([
    [
      'nobody has it',
      async () => {
        throw new NotFoundError('The Hugging Face hub has no model');
      },
      'NotFoundError',
      /"model": the catalog has no model "acme\/chat-8b"\. The Hugging Face hub has no model/,
    ],
    [
      'lookups are switched off',
      async () => {
        throw new LookupsDisabledError();
      },
      'NotFoundError',
      /"model".*GET \/v1\/models.*genai\.huggingFace\.enabled/,
    ],
    [
      'the hub does not answer',
      async () => {
        throw new ServiceUnavailableError('The Hugging Face hub was silent');
      },
      'ServiceUnavailableError',
      /"model".*could not be looked up: The Hugging Face hub was silent/,
    ],
    [
      'it is gated',
      async () => ({ ...answer, state: 'Gated', reason: 'accept the licence' }),
      'InputError',
      /"model".*cannot be planned for: accept the licence/,
    ],
  ])('names the field when %s', async (_, lookup, name, message) => {
    const rejected = resolve(OTHER, lookup);
    await expect(rejected).rejects.toMatchObject({ name });
    await expect(rejected).rejects.toThrow(message);
  });

  it('asks nobody for those who may not look models up, and says what is missing', async () => {
    const lookup = jest.fn();
    const rejected = resolve(OTHER, lookup, AuthorizeResult.DENY);
    await expect(rejected).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(rejected).rejects.toThrow(/genai\.model\.lookup is missing/);
    expect(lookup).not.toHaveBeenCalled();
  });

  it('lets other errors pass as they are', async () => {
    const fault = new Error('a bug');
    await expect(resolve(OTHER, () => Promise.reject(fault))).rejects.toBe(
      fault,
    );
  });
});
