import type { TemplateActionOptions } from '@backstage/plugin-scaffolder-node';

type Fields = NonNullable<
  NonNullable<TemplateActionOptions['schema']>['input']
>;

/** The scaffolder's own zod, which is not ours. */
type Z = Parameters<Fields[string]>[0];

const text = (description: string) => (z: Z) =>
  z.string().optional().describe(description);
const whole = (description: string) => (z: Z) =>
  z.number().int().optional().describe(description);

/** What `genai:inference:render` takes. Ranges and forms are checked by the spec's own schema, which names the field. */
export const renderInput = {
  specPath: text(
    'Existing inference.yaml in the workspace, or its folder, to render again; all other inputs but targetPath are then refused',
  ),
  targetPath: text(
    'Folder in the workspace to write to; by default that of specPath, else the root',
  ),
  name: (z: Z) => z.string().optional(),
  description: (z: Z) => z.string().optional(),
  owner: text('Full ref of a Group'),
  system: text('Full ref of a System'),
  model: text('Hugging Face id'),
  modelRevision: text('40-digit commit of the model'),
  modelFile: text(
    'File in the repository, for engines that load a single one: model-Q4_K_M.gguf',
  ),
  servedName: text('Name under which the model answers, if not its id'),
  engine: text('Serving engine; the one of the choice by default'),
  image: text(
    'Image of the engine with tag or digest; the pinned one by default',
  ),
  imagePullSecret: text(
    'Name of the Secret for a registry that asks for a login',
  ),
  authSecret: text('Name of the Secret with the key NGC_API_KEY, for NIM'),
  choice: (z: Z) =>
    z.any().optional().describe('Output "choice" of genai:inference:plan'),
  cpuCores: whole(
    'Run on so many processor cores instead of GPUs; goes without a choice',
  ),
  contextLength: whole('Tokens; only with cpuCores, else the plan says it'),
  cluster: text('Cluster to run on; the one of the choice by default'),
  namespace: (z: Z) => z.string().optional(),
  queue: text(
    'LocalQueue of Kueue that admits the pods; the one of the choice by default',
  ),
  replicas: (z: Z) => z.number().int().optional(),
  deviceGroup: whole(
    'Group id that owns the device files on AMD and Intel nodes where they are not open to all',
  ),
  tokenSecret: text(
    'Name of the Secret with the key HF_TOKEN, for gated models; it is never read',
  ),
  storageSize: text('Size of the model cache; by default from the weights'),
  storageClassName: (z: Z) => z.string().optional(),
  storage: (z: Z) =>
    z
      .object({
        mode: z.string().optional(),
        className: z.string().optional(),
      })
      .optional()
      .describe(
        'As GenaiStorageClassPicker gives it: PerReplica (default), or Shared for one volume that a Job fills from the pinned revision; and a StorageClass; the one of the choice by default',
      ),
  accessMode: text('ReadWriteOnce (default) or ReadWriteMany'),
  autoscaling: (z: Z) =>
    z
      .record(z.any())
      .optional()
      .describe(
        'More replicas while requests wait, by KEDA: maxReplicas, prometheusUrl and perhaps waitingRequests; needs monitoringLabels',
      ),
  exposure: (z: Z) =>
    z
      .record(z.any())
      .optional()
      .describe(
        'Endpoint outside the cluster: host, fromNamespace and either gateway { name, namespace } or ingress { className, tlsSecret }',
      ),
  clients: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe('Other namespaces whose pods may call the endpoint'),
  monitoringLabels: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe('Labels by which Prometheus selects ServiceMonitors'),
  output: text(
    'How the manifests lie in the repository: Kustomize (default) or Helm',
  ),
  delivery: (z: Z) =>
    z
      .any()
      .optional()
      .describe(
        'Who brings them to the cluster: None (default), FluxKustomization, FluxHelmRelease or ArgoApplication, or Flux or ArgoCD for what suits the output; or a map with kind and settings such as namespace, serviceAccountName or project',
      ),
  repoUrl: text(
    'Address of the Git repository from which a delivery fetches, e.g. by the filter repositoryGitUrl',
  ),
  techdocs: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Link the docs folder for TechDocs; false by default'),
};

/** What `genai:inference:render` gives. */
export const renderOutput = {
  manifests: (z: Z) =>
    z
      .array(z.any())
      .describe(
        'All objects, those of a delivery too, for genai:manifests:validate',
      ),
  toApply: (z: Z) =>
    z
      .array(z.any())
      .describe(
        'What is left for genai:manifests:apply: all objects, or with a delivery only its own',
      ),
  files: (z: Z) => z.array(z.string()).describe('Files that were written'),
  notices: (z: Z) =>
    z
      .array(
        z.object({
          code: z.string(),
          field: z.string().optional(),
          severity: z.enum(['Info', 'Warning', 'Blocking']),
          message: z.string(),
        }),
      )
      .describe('What to know of this engine, model and hardware'),
  changes: (z: Z) =>
    z
      .array(
        z.object({
          path: z.string(),
          change: z.enum([
            'Added',
            'Changed',
            'Unchanged',
            'Removed',
            'NotRendered',
          ]),
          diff: z.array(z.string()).optional(),
        }),
      )
      .describe('With specPath: what rendering again changed'),
  removed: (z: Z) =>
    z
      .array(z.string())
      .describe(
        'Files of an earlier rendering that are gone, from the root of the workspace: filesToDelete of a pull request',
      ),
  modelServer: (z: Z) =>
    z
      .object({ namespace: z.string(), name: z.string() })
      .describe('Where it will run, for genai:manifests:apply to follow'),
  endpoint: (z: Z) =>
    z.string().describe('Base address of its API inside the cluster'),
  servedModel: (z: Z) =>
    z.string().describe('Name of the model in requests to the endpoint'),
  entityRef: (z: Z) => z.string().describe('Entity of the service'),
};
