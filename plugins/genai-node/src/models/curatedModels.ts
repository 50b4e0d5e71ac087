import type { Model } from '@promptside/backstage-plugin-genai-common';
import models from './curated/models.json';

/**
 * The models that come with Promptside. They are written by hand in `models/*.yaml` of this package; `models.json` is made
 * from those files, because this package reads no file at run time, and a test proves that the two agree.
 *
 * @public
 */
// the schema checks each of them in that test; TypeScript takes the words of a JSON file for any string
export const CURATED_MODELS = models as unknown as readonly Model[];
