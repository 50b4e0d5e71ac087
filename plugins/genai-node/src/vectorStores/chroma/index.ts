import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { chromaProbePlan } from './probePlan';
import { chromaRecogniser } from './recognise';
import { chromaRules } from './rules';

/** Chroma. */
export const chroma: VectorStoreSpoke = {
  ...chromaRecogniser,
  probePlan: chromaProbePlan,
  rules: chromaRules,
};
