import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../../servingRuntimes/engineOf';
import { GOLDEN_SPECS } from './specs';

/** A spec with another output or delivery. */
export function written(
  spec: InferenceSpec,
  how: Pick<InferenceSpec['spec'], 'output' | 'delivery'>,
): InferenceSpec {
  return { ...spec, spec: { ...spec.spec, ...how } };
}

/** One spec a golden folder, for what is not plain Kustomize that is applied directly. */
export const OUTPUT_SPECS: Readonly<Record<string, InferenceSpec>> = {
  'helm-llama-8b-on-l4': written(GOLDEN_SPECS['llama-8b-on-l4'], {
    output: 'Helm',
  }),
  'helm-triton-qwen-7b-on-l4': written(GOLDEN_SPECS['triton-qwen-7b-on-l4'], {
    output: 'Helm',
    delivery: { kind: 'None' },
  }),
  'helm-by-flux-kserve-qwen-7b-on-l4': written(
    GOLDEN_SPECS['kserve-qwen-7b-on-l4'],
    {
      output: 'Helm',
      delivery: {
        kind: 'FluxHelmRelease',
        repoUrl: 'ssh://git@github.com/acme/kserve-chat.git',
        path: 'deploy/inference',
        namespace: 'flux-system',
        serviceAccountName: 'team-chat',
        gitSecret: 'acme-git',
      },
    },
  ),
  'helm-by-argo-tgi-qwen-14b-on-2-a100': written(
    GOLDEN_SPECS['tgi-qwen-14b-on-2-a100'],
    {
      output: 'Helm',
      delivery: {
        kind: 'ArgoApplication',
        repoUrl: 'https://gitlab.com/acme/legacy-chat.git',
        branch: 'release/2026',
        project: 'team-chat',
        destination: 'gpu-west',
      },
    },
  ),
  'flux-mixtral-on-mi300x': written(GOLDEN_SPECS['mixtral-on-mi300x'], {
    output: 'Kustomize',
    delivery: {
      kind: 'FluxKustomization',
      repoUrl: 'https://github.com/acme/moe.git',
    },
  }),
  'flux-substratus-qwen-7b-on-2-mi300x': written(
    GOLDEN_SPECS['substratus-qwen-7b-on-2-mi300x'],
    {
      delivery: {
        kind: 'FluxKustomization',
        repoUrl: 'https://github.com/acme/substratus-chat.git',
        serviceAccountName: 'team-chat',
      },
    },
  ),
  'argo-substratus-qwen-14b-on-2-a100': written(
    GOLDEN_SPECS['substratus-qwen-14b-on-2-a100'],
    {
      delivery: {
        kind: 'ArgoApplication',
        repoUrl: 'https://github.com/acme/substratus-a100.git',
        path: 'inference',
      },
    },
  ),
};

/** Every golden spec whose objects a chart of ours can hold, as such. */
export const HELM_SPECS: readonly (readonly [string, InferenceSpec])[] =
  Object.entries(GOLDEN_SPECS)
    .filter(([, spec]) => engineOf(spec).deployedBy !== 'HelmChart')
    .map(([name, spec]) => [name, written(spec, { output: 'Helm' })]);
