import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import type { RagFact } from './Fact';
import { intern } from './intern';
import type { RawMeta } from './raw';

/** Whether labels are those of a RAG service's query API. Its ingestion has the same purpose and answers nobody. */
export function answersForRag(
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return (
    labels?.[LABELS.purpose] === 'rag' &&
    labels[LABELS.component] !== 'ingestion'
  );
}

/** What a RAG service says of itself; `undefined` for anything else. */
export function readRag({ labels, annotations }: RawMeta): RagFact | undefined {
  if (!answersForRag(labels)) return undefined;
  const said = (key: string) => {
    const value = annotations?.[key]?.trim();
    return value ? intern(value) : undefined;
  };
  const dimension = Number(said(ANNOTATIONS.embeddingDimension));
  const fact: RagFact = {
    storeEngine: said(ANNOTATIONS.storeEngine),
    storeEndpoint: said(ANNOTATIONS.storeEndpoint),
    storeName: said(ANNOTATIONS.storeName),
    collection: said(ANNOTATIONS.collection),
    embeddingModel: said(ANNOTATIONS.embeddingModel),
    embeddingDimension:
      Number.isInteger(dimension) && dimension > 0 ? dimension : undefined,
    embeddingEndpoint: said(ANNOTATIONS.embeddingEndpoint),
    llmModel: said(ANNOTATIONS.llmModel),
    llmEndpoint: said(ANNOTATIONS.llmEndpoint),
  };
  return Object.fromEntries(
    Object.entries(fact).filter(([, value]) => value !== undefined),
  );
}
