import type { V1Deployment, V1Job, V1PodSpec } from '@kubernetes/client-node';
import {
  inferenceSpecSchema,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { serviceSelects } from './__testUtils__/serviceSelects';
import { changed, LLAMA, modelOf } from './__testUtils__/specs';
import { SHARED_WEIGHTS_SPECS } from './__testUtils__/sharedWeightsSpecs';
import { buildInferenceObjects } from './buildInferenceObjects';
import { inferenceNotices } from './inferenceNotices';

const REVISION = '0123456789abcdef0123456789abcdef01234567';

const build = (spec: InferenceSpec, images = {}) =>
  buildInferenceObjects(spec, modelOf(spec), { images });
const jobOf = (spec: InferenceSpec) =>
  build(spec).find(({ kind }) => kind === 'Job') as unknown as V1Job;
const serverOf = (spec: InferenceSpec): V1PodSpec =>
  (
    build(spec).find(
      ({ kind }) => kind === 'Deployment',
    ) as unknown as V1Deployment
  ).spec!.template.spec!;

/** The service with everything, its weights shared. */
const shared = (change: (spec: InferenceSpec['spec']) => void = () => {}) =>
  changed(spec => {
    spec.spec.storage = { mode: 'Shared', size: '40Gi' };
    change(spec.spec);
  });

const valueOf = (spec: InferenceSpec, name: string) =>
  jobOf(spec).spec!.template.spec!.containers[0].env!.find(
    variable => variable.name === name,
  )?.value;

describe('weights that a Job brings', () => {
  it.each(Object.entries(SHARED_WEIGHTS_SPECS))(
    '%s: come before the servers that read them',
    (_, spec) => {
      const kinds = build(spec).map(({ kind }) => kind);
      expect(kinds.indexOf('PersistentVolumeClaim')).toBeLessThan(
        kinds.indexOf('Job'),
      );
      expect(kinds.indexOf('Job')).toBeLessThan(kinds.indexOf('Deployment'));
    },
  );

  it.each(Object.entries(SHARED_WEIGHTS_SPECS))(
    '%s: are written by one pod without GPU, and only read by servers',
    (_, spec) => {
      const { template } = jobOf(spec).spec!;
      const writer = template.spec!;
      expect(JSON.stringify(writer.containers[0].resources)).not.toMatch(
        /gpu|gaudi/,
      );
      expect(writer.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 10001,
        fsGroupChangePolicy: 'OnRootMismatch',
      });
      const server = serverOf(spec);
      const [claim] = server.volumes!;
      expect(claim.persistentVolumeClaim).toEqual({
        claimName: `${spec.metadata.name}-weights`,
        readOnly: true,
      });
      const mounts = [...server.initContainers!, ...server.containers].flatMap(
        ({ volumeMounts = [] }) =>
          volumeMounts.filter(({ name }) => name === claim.name),
      );
      expect(mounts).toHaveLength(2);
      expect(mounts.every(({ readOnly }) => readOnly)).toBe(true);
      const variables = server.containers[0].env!;
      expect(variables).toContainEqual({ name: 'HF_HUB_OFFLINE', value: '1' });
      expect(variables).toContainEqual({
        name: 'TRANSFORMERS_OFFLINE',
        value: '1',
      });
      expect(variables.map(({ name }) => name)).not.toContain('HF_TOKEN');
      // Nothing that is written lies on the volume.
      const places = variables.filter(
        ({ name, value = '' }) =>
          /HOME|CACHE/.test(name) && value.startsWith(mounts[0].mountPath),
      );
      expect(places).toEqual([]);
    },
  );

  it.each(Object.entries(SHARED_WEIGHTS_SPECS))(
    '%s: no Service or policy of the servers takes the Job for one',
    (_, spec) => {
      expect(serviceSelects(build(spec), jobOf(spec))).toEqual([]);
    },
  );

  it('lets the Job out to the hub and nobody in; servers have no way out', () => {
    const policies = build(shared()).filter(
      ({ kind }) => kind === 'NetworkPolicy',
    ) as unknown as { spec: { ingress: unknown[]; egress: object[] } }[];
    const ways = policies.map(({ spec: { ingress, egress } }) => [
      ingress.length,
      JSON.stringify(egress).includes('443'),
    ]);
    expect(ways).toEqual([
      [0, true],
      [1, false],
    ]);
  });

  it('hands the token to the Job alone, by reference', () => {
    const spec = shared();
    const [{ env }] = jobOf(spec).spec!.template.spec!.containers;
    expect(env).toContainEqual({
      name: 'HF_TOKEN',
      valueFrom: { secretKeyRef: { name: 'hub-token', key: 'HF_TOKEN' } },
    });
  });

  it('names the Job by what is in it, within 63 characters', () => {
    const names = [
      shared(),
      shared(spec => {
        spec.model.revision = 'f'.repeat(40);
      }),
      shared(spec => {
        spec.model.checksums = { 'model.safetensors': 'a'.repeat(64) };
      }),
    ].map(spec => jobOf(spec).metadata!.name!);
    expect(new Set(names).size).toBe(3);
    expect(jobOf(shared()).metadata!.name).toBe(names[0]);
    const long = shared();
    long.metadata.name = 'a'.repeat(52);
    expect(jobOf(long).metadata!.name).toHaveLength(63);
  });

  it('ships checksums of the files that are loaded, and no list when none is known', () => {
    const sums = (spec: InferenceSpec) =>
      build(spec)
        .filter(({ kind }) => kind === 'ConfigMap')
        .map(object => (object as unknown as { data: object }).data);
    expect(sums(shared())).toEqual([]);
    expect(
      sums(SHARED_WEIGHTS_SPECS['shared-weights-qwen-32b-on-4-h100']),
    ).toEqual([
      {
        SHA256SUMS: `${'a1'.repeat(32)}  model-00001-of-00002.safetensors\n${'b2'.repeat(32)}  model-00002-of-00002.safetensors\n`,
      },
    ]);
  });

  it('downloads all parts of a split GGUF file, and nothing else', () => {
    const spec = SHARED_WEIGHTS_SPECS['shared-weights-split-gguf'];
    expect(valueOf(spec, 'WEIGHTS_INCLUDE')).toBe(
      'Q4_K_M/large-70b-Q4_K_M-*-of-00003.gguf',
    );
    expect(valueOf(spec, 'WEIGHTS_EXCLUDE')).toBe('');
    expect(serverOf(spec).containers[0].args).toContain(
      `/models/acme--large-70b-GGUF/${REVISION}/Q4_K_M/large-70b-Q4_K_M-00001-of-00003.gguf`,
    );
  });

  it("downloads with an adopter's image", () => {
    const job = build(shared(), {
      download: { cpu: 'registry.example.com/hf:2.4.0' },
    }).find(({ kind }) => kind === 'Job') as unknown as V1Job;
    expect(job.spec!.template.spec!.containers[0].image).toBe(
      'registry.example.com/hf:2.4.0',
    );
  });

  it('gives large weights more time', () => {
    const secondsOf = (name: string) =>
      jobOf(SHARED_WEIGHTS_SPECS[name]).spec!.activeDeadlineSeconds!;
    expect(secondsOf('shared-weights-qwen-32b-on-4-h100')).toBeGreaterThan(
      2 * secondsOf('shared-weights-triton-on-l4'),
    );
  });

  it.each(['vllm', 'tgi', 'sglang', 'triton'] as const)(
    '%s loads the folder of the commit',
    engine => {
      const spec = shared(wanted => {
        wanted.engine = { name: engine };
        wanted.model.servedName = engine === 'triton' ? 'llama' : undefined;
      });
      const folder = `meta-llama--Llama-3.1-8B-Instruct/${REVISION}`;
      const text = JSON.stringify(build(spec));
      expect(text).toMatch(new RegExp(`/(models|data)/${folder}`));
      expect(JSON.stringify(serverOf(spec).containers)).not.toContain(
        '--revision',
      );
    },
  );

  it('says what to know of it', () => {
    const codes = (spec: InferenceSpec) =>
      inferenceNotices(spec, modelOf(spec)).map(({ code }) => code);
    expect(codes(LLAMA)).not.toContain('WaitsForWeights');
    expect(codes(shared())).toContain('WaitsForWeights');
    expect(codes(shared())).not.toContain('RoomForOneRevision');
    expect(
      codes(
        shared(spec => {
          spec.storage.size = '20Gi';
        }),
      ),
    ).toContain('RoomForOneRevision');
  });
});

describe('shared weights that cannot be', () => {
  it.each<[string, (spec: InferenceSpec['spec']) => void, RegExp]>([
    [
      'without a commit',
      spec => delete spec.model.revision,
      /spec\.model\.revision: a shared volume holds one commit/,
    ],
    [
      'for one node alone',
      spec => {
        spec.storage.accessMode = 'ReadWriteOnce';
      },
      /spec\.storage\.accessMode: storage mode Shared needs ReadWriteMany/,
    ],
    [
      'in too small a volume',
      spec => {
        spec.storage.size = '16Gi';
      },
      /spec\.storage\.size: 16Gi is less than the 18\.0 GiB for the weights and a fifth of room/,
    ],
    [
      'of a gated model without a token',
      spec => delete spec.model.tokenSecret,
      /tokenSecret.*gated/,
    ],
    [
      'with KServe',
      spec => {
        spec.engine = { name: 'kserve' };
        spec.model.servedName = 'llama';
      },
      /spec\.storage\.mode: KServe does not read weights that a Job has downloaded: .*LocalModelCache\. Choose storage mode PerReplica/,
    ],
    [
      'with NIM',
      spec => {
        spec.engine = {
          name: 'nim',
          authSecret: 'ngc',
          imagePullSecret: 'ngc-login',
        };
      },
      /spec\.storage\.mode: NVIDIA NIM does not read/,
    ],
    [
      'with the Substratus AI chart',
      spec => {
        spec.engine = { name: 'tgi-substratus' };
      },
      /spec\.storage\.mode: TGI \(Substratus AI chart\) does not read/,
    ],
  ])('are refused %s', (_, change, message) => {
    expect(() => build(shared(change))).toThrow(message);
  });

  it.each([
    ['a branch', { revision: 'main' }],
    ['a short commit', { revision: '0123456' }],
    ['a checksum of another length', { checksums: { 'a.safetensors': 'ab' } }],
    ['a path upwards', { checksums: { '../a': 'a'.repeat(64) } }],
    ['a path with blanks', { checksums: { 'a b': 'a'.repeat(64) } }],
  ])('%s is no value of the spec', (_, change) => {
    const spec = shared();
    Object.assign(spec.spec.model, change);
    expect(inferenceSpecSchema.safeParse(spec).success).toBe(false);
  });
});
