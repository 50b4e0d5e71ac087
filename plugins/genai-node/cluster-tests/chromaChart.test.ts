import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMA_CHART } from '../src/vectorStores/chroma/chart';
import { postObject } from './postObject';
import { HELM, inFolder, objectsIn, runProgram } from './runProgram';

jest.setTimeout(120_000);

/** What the renderer writes for a Chroma by its chart; a unit test holds the renderer to it. */
const GOLDEN = join(
  __dirname,
  '../src/manifests/vectorStore/__goldens__/chroma/chart/values.yaml',
);

/** A chart of our own that reads its values where the one of amikos-tech has them, and refuses to miss one. */
const CHART = [
  {
    path: 'Chart.yaml',
    content: `apiVersion: v2\nname: ${CHROMA_CHART.name}\nversion: ${CHROMA_CHART.version}\n`,
  },
  {
    path: 'templates/statefulset.yaml',
    content: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ required "fullnameOverride" .Values.fullnameOverride }}
spec:
  serviceName: {{ .Values.fullnameOverride }}
  replicas: {{ required "replicaCount" .Values.replicaCount }}
  selector: { matchLabels: { app: {{ .Values.fullnameOverride }} } }
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: {{ required "retention" .Values.chromadb.data.retentionPolicyOnDelete }}
  template:
    metadata:
      labels: { app: {{ .Values.fullnameOverride }} }
      annotations: {{- toYaml .Values.podSpec.podAnnotations | nindent 8 }}
    spec:
      terminationGracePeriodSeconds: {{ .Values.podSpec.terminationGracePeriodSeconds }}
      securityContext: {{- toYaml .Values.podSpec.securityContext | nindent 8 }}
      containers:
        - name: chromadb
          image: "{{ .Values.image.repository }}:{{ required "version" .Values.chromadb.apiVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports: [{ name: http, containerPort: {{ .Values.chromadb.serverHttpPort }} }]
          env:
            - { name: IS_PERSISTENT, value: "{{ .Values.chromadb.isPersistent }}" }
            - { name: ALLOW_RESET, value: "{{ .Values.chromadb.allowReset }}" }
          resources: {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts: [{ name: data, mountPath: {{ .Values.chromadb.persistDirectory }} }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        storageClassName: {{ required "storageClass" .Values.chromadb.data.storageClass }}
        accessModes: {{- toYaml .Values.chromadb.data.accessModes | nindent 10 }}
        resources: { requests: { storage: {{ required "volumeSize" .Values.chromadb.data.volumeSize | quote }} } }
`,
  },
];

const describeHelm = HELM ? describe : describe.skip;
describeHelm('the values for the chart of Chroma', () => {
  it('make one writer with a volume that outlives it, which an API server takes', () =>
    inFolder(CHART, async folder => {
      expect(readFileSync(GOLDEN, 'utf8')).toContain('fullnameOverride');
      const { code, stdout, stderr } = await runProgram(HELM!, [
        'template',
        'handbook',
        folder,
        '--values',
        GOLDEN,
      ]);
      expect([code, stderr]).toEqual([0, '']);
      const [set] = objectsIn(stdout);
      expect(set).toMatchObject({
        metadata: { name: 'handbook' },
        spec: {
          replicas: 1,
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' },
          template: {
            spec: {
              securityContext: { runAsNonRoot: true },
              containers: [
                {
                  image: 'ghcr.io/chroma-core/chroma:1.5.3',
                  env: expect.arrayContaining([
                    { name: 'IS_PERSISTENT', value: 'true' },
                    { name: 'ALLOW_RESET', value: 'false' },
                  ]),
                  resources: { limits: { memory: '4Gi' } },
                  volumeMounts: [{ mountPath: '/data' }],
                },
              ],
            },
          },
          volumeClaimTemplates: [
            { spec: { resources: { requests: { storage: '20Gi' } } } },
          ],
        },
      });
      const placed = {
        ...set,
        metadata: { ...set.metadata, namespace: 'default' },
      };
      const { message } = await postObject(placed, { dryRun: true });
      expect(message).toBe('');
    }));
});
