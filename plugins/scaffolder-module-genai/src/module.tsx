import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { GenaiAcceleratorPicker } from './fields/GenaiAcceleratorPicker';
import { GenaiContextLength } from './fields/GenaiContextLength';
import { GenaiEnginePicker } from './fields/GenaiEnginePicker';
import { GenaiModelPicker } from './fields/GenaiModelPicker';
import { GenaiModelServerPicker } from './fields/GenaiModelServerPicker';
import { GenaiPlanPreview } from './fields/GenaiPlanPreview';
import { GenaiQueuePicker } from './fields/GenaiQueuePicker';
import { GenaiRetrieval } from './fields/GenaiRetrieval';
import { GenaiRagPlanPreview } from './fields/GenaiRagPlanPreview';
import {
  GenaiRepositoryPicker,
  validateRepository,
} from './fields/GenaiRepositoryPicker';
import { GenaiStorageClassPicker } from './fields/GenaiStorageClassPicker';
import { GenaiTargetPicker } from './fields/GenaiTargetPicker';
import { GenaiVectorStorePicker } from './fields/GenaiVectorStorePicker';

const modelPicker = FormFieldBlueprint.make({
  name: 'genai-model-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiModelPicker',
        component: GenaiModelPicker,
        schema: makeFieldSchema({ output: z => z.string() }),
      }),
  },
});

const enginePicker = FormFieldBlueprint.make({
  name: 'genai-engine-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiEnginePicker',
        component: GenaiEnginePicker,
        schema: makeFieldSchema({
          output: z => z.string(),
          uiOptions: z => z.object({ only: z.array(z.string()).optional() }),
        }),
      }),
  },
});

const acceleratorPicker = FormFieldBlueprint.make({
  name: 'genai-accelerator-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiAcceleratorPicker',
        component: GenaiAcceleratorPicker,
        schema: makeFieldSchema({
          output: z =>
            z.object({
              vendor: z.string(),
              resource: z.string(),
              product: z.string().optional(),
            }),
        }),
      }),
  },
});

const contextLength = FormFieldBlueprint.make({
  name: 'genai-context-length',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiContextLength',
        component: GenaiContextLength,
        schema: makeFieldSchema({ output: z => z.number() }),
      }),
  },
});

const targetPicker = FormFieldBlueprint.make({
  name: 'genai-target-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiTargetPicker',
        component: GenaiTargetPicker,
        schema: makeFieldSchema({
          output: z =>
            z.object({ cluster: z.string(), namespace: z.string() }).partial(),
        }),
      }),
  },
});

const queuePicker = FormFieldBlueprint.make({
  name: 'genai-queue-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiQueuePicker',
        component: GenaiQueuePicker,
        schema: makeFieldSchema({ output: z => z.string() }),
      }),
  },
});

const storageClassPicker = FormFieldBlueprint.make({
  name: 'genai-storage-class-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiStorageClassPicker',
        component: GenaiStorageClassPicker,
        schema: makeFieldSchema({
          output: z =>
            z.object({ mode: z.string(), className: z.string() }).partial(),
        }),
      }),
  },
});

const vectorStorePicker = FormFieldBlueprint.make({
  name: 'genai-vector-store-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiVectorStorePicker',
        component: GenaiVectorStorePicker,
        schema: makeFieldSchema({
          output: z =>
            z
              .object({
                kind: z.string(),
                url: z.string(),
                secret: z.string(),
                namespace: z.string(),
                entityRef: z.string(),
                create: z.boolean(),
              })
              .partial(),
        }),
      }),
  },
});

const modelServerPicker = FormFieldBlueprint.make({
  name: 'genai-model-server-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiModelServerPicker',
        component: GenaiModelServerPicker,
        schema: makeFieldSchema({
          output: z =>
            z
              .object({
                url: z.string(),
                api: z.string(),
                model: z.string(),
                entityRef: z.string(),
                create: z.boolean(),
                dimension: z.number(),
                maxTokens: z.number(),
                contextTokens: z.number(),
                secret: z.string(),
                engine: z.string(),
                accelerator: z
                  .object({
                    vendor: z.string(),
                    resource: z.string(),
                    product: z.string(),
                  })
                  .partial(),
                replicas: z.number(),
                tokenSecret: z.string(),
              })
              .partial(),
          uiOptions: z =>
            z.object({ task: z.enum(['embedding', 'llm']).optional() }),
        }),
      }),
  },
});

const planPreview = FormFieldBlueprint.make({
  name: 'genai-plan-preview',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiPlanPreview',
        component: GenaiPlanPreview,
        schema: makeFieldSchema({ output: z => z.null() }),
      }),
  },
});

const retrieval = FormFieldBlueprint.make({
  name: 'genai-retrieval',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiRetrieval',
        component: GenaiRetrieval,
        schema: makeFieldSchema({
          output: z =>
            z
              .object({
                topK: z.number(),
                minScore: z.number(),
                chunkTokens: z.number(),
                chunkOverlapTokens: z.number(),
              })
              .partial(),
        }),
      }),
  },
});

const ragPlanPreview = FormFieldBlueprint.make({
  name: 'genai-rag-plan-preview',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiRagPlanPreview',
        component: GenaiRagPlanPreview,
        schema: makeFieldSchema({ output: z => z.null() }),
      }),
  },
});

const repositoryPicker = FormFieldBlueprint.make({
  name: 'genai-repository-picker',
  params: {
    field: async () =>
      createFormField({
        name: 'GenaiRepositoryPicker',
        component: GenaiRepositoryPicker,
        validation: validateRepository,
        schema: makeFieldSchema({ output: z => z.string() }),
      }),
  },
});

/**
 * Adds the form fields `GenaiModelPicker`, `GenaiEnginePicker`, `GenaiTargetPicker`, `GenaiAcceleratorPicker`, `GenaiContextLength`,
 * `GenaiStorageClassPicker`, `GenaiVectorStorePicker`, `GenaiModelServerPicker`, `GenaiPlanPreview` and `GenaiRepositoryPicker` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleGenai = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    modelPicker,
    enginePicker,
    targetPicker,
    acceleratorPicker,
    contextLength,
    queuePicker,
    storageClassPicker,
    vectorStorePicker,
    modelServerPicker,
    planPreview,
    retrieval,
    ragPlanPreview,
    repositoryPicker,
  ],
});
