import { configMap, container, deployment, pod, service } from './objects';
import { apps, array, core, expectCode, inGroup, SuiteRef } from './suite';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const METADATA =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

/** Columns by path; those with a star are shown by `-o wide` only. */
const COLUMNS: Record<string, string[]> = {
  '/api/v1/nodes': [
    'Name',
    'Status',
    'Roles',
    'Age',
    'Version',
    'Internal-IP*',
    'External-IP*',
    'OS-Image*',
    'Kernel-Version*',
    'Container-Runtime*',
  ],
  '/api/v1/pods': [
    'Name',
    'Ready',
    'Status',
    'Restarts',
    'Age',
    'IP*',
    'Node*',
    'Nominated Node*',
    'Readiness Gates*',
  ],
  '/apis/apps/v1/deployments': [
    'Name',
    'Ready',
    'Up-to-date',
    'Available',
    'Age',
    'Containers*',
    'Images*',
    'Selector*',
  ],
  '/apis/apps/v1/replicasets': [
    'Name',
    'Desired',
    'Current',
    'Ready',
    'Age',
    'Containers*',
    'Images*',
    'Selector*',
  ],
  '/apis/apps/v1/statefulsets': [
    'Name',
    'Ready',
    'Age',
    'Containers*',
    'Images*',
  ],
  '/apis/batch/v1/jobs': [
    'Name',
    'Status',
    'Completions',
    'Duration',
    'Age',
    'Containers*',
    'Images*',
    'Selector*',
  ],
  '/api/v1/services': [
    'Name',
    'Type',
    'Cluster-IP',
    'External-IP',
    'Port(s)',
    'Age',
    'Selector*',
  ],
  '/api/v1/persistentvolumeclaims': [
    'Name',
    'Status',
    'Volume',
    'Capacity',
    'Access Modes',
    'StorageClass',
    'VolumeAttributesClass',
    'Age',
    'VolumeMode*',
  ],
  '/api/v1/namespaces': ['Name', 'Status', 'Age'],
  '/api/v1/events': [
    'Last Seen',
    'Type',
    'Reason',
    'Object',
    'Subobject*',
    'Source*',
    'Message',
    'First Seen*',
    'Count*',
    'Name*',
  ],
  '/api/v1/resourcequotas': ['Name', 'Request', 'Limit', 'Age'],
  '/api/v1/configmaps': ['Name', 'Data', 'Age'],
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': [
    'Name',
    'Created At',
  ],
};

/** Server-side printing, which kubectl relies on. */
export function tablesContract(suite: SuiteRef) {
  it.each(Object.keys(COLUMNS))('prints %s in its own columns', async path => {
    const { admin } = suite();
    const { body } = expectCode(
      await admin.call('GET', path, { accept: TABLE }),
      200,
    );
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(
      array(body.columnDefinitions).map(
        column => `${column.name}${Number(column.priority) ? '*' : ''}`,
      ),
    ).toEqual(COLUMNS[path]);
  });

  it('prints the cells that people read', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const row = async (path: string) => {
      const { body } = expectCode(
        await admin.call('GET', path, { accept: TABLE }),
        200,
      );
      return array(body.rows)[0].cells as unknown as unknown[];
    };
    await admin.post(
      core(ns, 'pods'),
      pod('p', {
        spec: { containers: [container(), container({ name: 'b' })] },
      }),
    );
    expect((await row(core(ns, 'pods', 'p'))).slice(0, 4)).toEqual([
      'p',
      '0/2',
      'Pending',
      '0',
    ]);
    const waiting = {
      name: 'main',
      ready: false,
      restartCount: 7,
      image: 'i',
      imageID: '',
    };
    await admin.patch(core(ns, 'pods', 'p', 'status'), 'merge', {
      status: {
        containerStatuses: [
          { ...waiting, state: { waiting: { reason: 'CrashLoopBackOff' } } },
          {
            ...waiting,
            name: 'b',
            ready: true,
            restartCount: 0,
            state: { running: {} },
          },
        ],
      },
    });
    expect((await row(core(ns, 'pods', 'p'))).slice(0, 4)).toEqual([
      'p',
      '1/2',
      'CrashLoopBackOff',
      '7',
    ]);
    await admin.post(apps(ns, 'deployments'), deployment('d'));
    expect((await row(apps(ns, 'deployments', 'd'))).slice(0, 4)).toEqual([
      'd',
      '0/0',
      0,
      0,
    ]);
    await admin.post(
      core(ns, 'services'),
      service('s', {
        ports: [{ port: 80 }, { port: 53, protocol: 'UDP', name: 'u' }].map(
          (p, n) => ({ name: `n${n}`, ...p }),
        ),
      }),
    );
    const served = await row(core(ns, 'services', 's'));
    expect(served.slice(0, 2)).toEqual(['s', 'ClusterIP']);
    expect(served.slice(3, 5)).toEqual(['<none>', '80/TCP,53/UDP']);
    expect((await row(`/api/v1/namespaces/${ns}`)).slice(0, 2)).toEqual([
      ns,
      'Active',
    ]);
    await admin.post(
      inGroup('autoscaling/v2', ns, 'horizontalpodautoscalers'),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'h' },
        spec: {
          scaleTargetRef: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'd',
          },
          maxReplicas: 3,
        },
      },
    );
    expect(
      (
        await row(
          inGroup('autoscaling/v2', ns, 'horizontalpodautoscalers', 'h'),
        )
      ).slice(0, 5),
    ).toEqual(['h', 'Deployment/d', 'cpu: <unknown>/80%', '1', 3]);
    await admin.post(
      core(ns, 'configmaps'),
      configMap('c', { a: '1', b: '2' }),
    );
    expect((await row(core(ns, 'configmaps', 'c'))).slice(0, 2)).toEqual([
      'c',
      2,
    ]);
  });

  it('carries the metadata of each row, or the whole object, or none', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(
      core(ns, 'configmaps'),
      configMap('c', { a: '1' }, { labels: { x: 'y' } }),
    );
    const rows = async (includeObject?: string) => {
      const answer = await admin.call('GET', core(ns, 'configmaps', 'c'), {
        accept: TABLE,
        query: includeObject ? { includeObject } : {},
      });
      return array(expectCode(answer, 200).body.rows)[0].object;
    };
    expect(await rows()).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'c', labels: { x: 'y' } },
    });
    expect((await rows()).data).toBeUndefined();
    expect(await rows('Object')).toMatchObject({
      kind: 'ConfigMap',
      data: { a: '1' },
    });
    expect(await rows('None')).toBeFalsy();
  });

  it('streams rows', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'configmaps'), configMap('c'));
    const answer = await admin.call('GET', core(ns, 'configmaps'), {
      accept: TABLE,
      query: {
        watch: true,
        timeoutSeconds: 1,
        fieldSelector: 'metadata.name=c',
      },
    });
    expect(JSON.parse(answer.text.split('\n')[0])).toMatchObject({
      type: 'ADDED',
      object: {
        kind: 'Table',
        rows: [{ cells: ['c', 0, expect.any(String)] }],
      },
    });
  });

  it('answers metadata alone', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'configmaps'), configMap('c', { a: '1' }));
    const answer = await admin.call('GET', core(ns, 'configmaps'), {
      accept: METADATA,
      query: { fieldSelector: 'metadata.name=c' },
    });
    expect(expectCode(answer, 200).body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'c' } }],
    });
    expect(array(answer.body.items)[0].data).toBeUndefined();
  });
}
