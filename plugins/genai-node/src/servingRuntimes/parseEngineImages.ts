import { InputError } from '@backstage/errors';
import {
  addedEngineSchema,
  inferenceSpecSchema,
  knownEngineSchema,
} from '@promptside/backstage-plugin-genai-common';
import { z } from 'zod';
import type {
  EngineImages,
  ImageOwner,
  ImagePlatform,
  ImageRow,
} from './images';

const PLATFORMS: ReadonlySet<string> = new Set<ImagePlatform>([
  'nvidia',
  'amd',
  'intel',
  'gaudi',
  'cpu',
]);

const KNOWN = [...knownEngineSchema.options, 'download'] as const;

const ownerSchema = z.union([z.enum(KNOWN), addedEngineSchema]);

/** An image here is held to the same rule as one that a spec names. */
const imageSchema = inferenceSpecSchema.shape.spec.shape.engine.shape.image;

/**
 * An adopter's table of images, as the configuration has it below `genai.images`: engine or `download`, then platform or exact row, then
 * `repository:tag` or a digest.
 *
 * @param value - undefined gives an empty table
 * @throws InputError that names the key
 * @public
 */
export function parseEngineImages(
  value: unknown,
  key: string = 'genai.images',
): EngineImages {
  const table: Partial<Record<ImageOwner, Partial<Record<ImageRow, string>>>> =
    {};
  for (const [name, rows] of entriesOf(value, key)) {
    const engine = ownerSchema.safeParse(name);
    if (!engine.success) {
      throw new InputError(
        `${key}.${name}: is no engine; known are ${KNOWN.join(', ')}, and added ones such as acme/serve`,
      );
    }
    const images: Partial<Record<ImageRow, string>> = {};
    for (const [row, image] of entriesOf(rows, `${key}.${name}`)) {
      if (!isRow(row)) {
        throw new InputError(
          `${key}.${name}.${row}: must begin with one of ${[...PLATFORMS].join(', ')}`,
        );
      }
      const parsed = imageSchema.safeParse(image);
      if (!parsed.success || !parsed.data) {
        const why = parsed.error?.issues[0].message ?? 'is missing';
        throw new InputError(`${key}.${name}.${row}: ${why}`);
      }
      images[row] = parsed.data;
    }
    table[engine.data] = images;
  }
  return table;
}

function isRow(row: string): row is ImageRow {
  const [platform, ...exact] = row.split('/');
  return PLATFORMS.has(platform) && exact.every(part => part !== '');
}

function entriesOf(value: unknown, key: string): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InputError(`${key}: must be an object`);
  }
  return Object.entries(value);
}
