import type {
  AddedKnowledge,
  AddedServingRuntime,
  GenaiServingRuntimesExtensionPoint,
  GenaiVectorStoresExtensionPoint,
  VectorStoreRecogniser,
} from '@promptside/backstage-plugin-genai-node';

/** What modules add before the plugin starts. */
export function collectKnowledge(): {
  servingRuntimesPoint: GenaiServingRuntimesExtensionPoint;
  vectorStoresPoint: GenaiVectorStoresExtensionPoint;
  /** Everything so far. */
  knowledge(): Required<AddedKnowledge>;
} {
  const servingRuntimes: AddedServingRuntime[] = [];
  const vectorStores: VectorStoreRecogniser[] = [];
  return {
    servingRuntimesPoint: {
      addServingRuntime(...runtimes) {
        for (const runtime of runtimes) {
          if (servingRuntimes.some(({ title }) => title === runtime.title)) {
            throw new Error(
              `Serving runtime "${runtime.title}" was added twice`,
            );
          }
          servingRuntimes.push(tolerant(runtime));
        }
      },
    },
    vectorStoresPoint: {
      addVectorStore(...stores) {
        vectorStores.push(...stores.map(tolerant));
      },
    },
    knowledge: () => ({ servingRuntimes, vectorStores }),
  };
}

/** A foreign `matches` that throws must not hide every workload that it was asked about. */
function tolerant<T extends { matches(...question: never[]): boolean }>(
  look: T,
): T {
  return {
    ...look,
    matches(...question: Parameters<T['matches']>) {
      try {
        return look.matches(...question);
      } catch {
        return false;
      }
    },
  };
}
