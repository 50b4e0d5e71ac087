/** @jest-environment node */
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { buildOpenApiDocument } from './buildOpenApiDocument';
import { GENAI_ROUTES } from './routes';

const COMMITTED = path.resolve(
  __dirname,
  '../../../../docs/reference/openapi.json',
);

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('buildOpenApiDocument', () => {
  const document = buildOpenApiDocument();

  it('equals docs/reference/openapi.json (rewrite it with UPDATE_OPENAPI=1)', async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI) {
      await fs.mkdir(path.dirname(COMMITTED), { recursive: true });
      await fs.writeFile(COMMITTED, text);
    }
    expect(await fs.readFile(COMMITTED, 'utf8')).toBe(text);
  });

  it('refers only to what it holds', () => {
    for (const reference of new Set(references(document))) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>(
          (value, key) => (value as Record<string, unknown> | undefined)?.[key],
          document,
        );
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  it('closes requests and leaves answers open for newer fields', () => {
    const { schemas } = document.components;
    expect(schemas.InferencePlanRequest).toMatchObject({
      additionalProperties: false,
    });
    expect(schemas.GpuOverview).not.toHaveProperty('additionalProperties');
  });

  it('lists each route once, with its parameters', () => {
    const operations = Object.values(document.paths).flatMap(Object.values);
    expect(operations).toHaveLength(Object.keys(GENAI_ROUTES).length);
    expect(
      document.paths['/v1/model-servers/{cluster}/{namespace}/{name}'].get,
    ).toMatchObject({
      parameters: [
        { name: 'cluster', in: 'path', required: true },
        { name: 'namespace', in: 'path', required: true },
        { name: 'name', in: 'path', required: true },
      ],
    });
    expect(document.paths['/v1/gpu-nodes'].get.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      allowReserved: true,
      schema: { type: 'integer', minimum: 1, maximum: 500 },
    });
  });
});
