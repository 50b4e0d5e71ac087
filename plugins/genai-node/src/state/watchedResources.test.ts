import { WATCHED_RESOURCES } from './watchedResources';

describe('WATCHED_RESOURCES', () => {
  it('names every key, path and RBAC rule once', () => {
    expect(
      WATCHED_RESOURCES.map(({ key, path, apiGroup, plural, need, crd }) =>
        [key, path, `${plural}.${apiGroup}`, need, crd].join(' ').trim(),
      ),
    ).toMatchInlineSnapshot(`
     [
       "pods /api/v1/pods pods. Needed",
       "namespaces /api/v1/namespaces namespaces. Needed",
       "nodes /api/v1/nodes nodes. Needed",
       "deployments /apis/apps/v1/deployments deployments.apps Needed",
       "statefulsets /apis/apps/v1/statefulsets statefulsets.apps Needed",
       "replicasets /apis/apps/v1/replicasets replicasets.apps Needed",
       "jobs /apis/batch/v1/jobs jobs.batch Optional",
       "services /api/v1/services services. Optional",
       "persistentvolumeclaims /api/v1/persistentvolumeclaims persistentvolumeclaims. Optional",
       "resourcequotas /api/v1/resourcequotas resourcequotas. Optional",
       "storageclasses /apis/storage.k8s.io/v1/storageclasses storageclasses.storage.k8s.io Optional",
       "events /api/v1/events events. Optional",
       "customresourcedefinitions /apis/apiextensions.k8s.io/v1/customresourcedefinitions customresourcedefinitions.apiextensions.k8s.io Optional",
       "inferenceservices /apis/serving.kserve.io/v1beta1/inferenceservices inferenceservices.serving.kserve.io Optional inferenceservices.serving.kserve.io",
       "llminferenceservices /apis/serving.kserve.io/v1alpha2/llminferenceservices llminferenceservices.serving.kserve.io Optional llminferenceservices.serving.kserve.io",
       "nimservices /apis/apps.nvidia.com/v1alpha1/nimservices nimservices.apps.nvidia.com Optional nimservices.apps.nvidia.com",
       "kaitoworkspaces /apis/kaito.sh/v1beta1/workspaces workspaces.kaito.sh Optional workspaces.kaito.sh",
       "kubeaimodels /apis/kubeai.org/v1/models models.kubeai.org Optional models.kubeai.org",
       "cnpgclusters /apis/postgresql.cnpg.io/v1/clusters clusters.postgresql.cnpg.io Optional clusters.postgresql.cnpg.io",
       "cnpgbackups /apis/postgresql.cnpg.io/v1/backups backups.postgresql.cnpg.io Optional backups.postgresql.cnpg.io",
       "cnpgscheduledbackups /apis/postgresql.cnpg.io/v1/scheduledbackups scheduledbackups.postgresql.cnpg.io Optional scheduledbackups.postgresql.cnpg.io",
       "milvuses /apis/milvus.io/v1beta1/milvuses milvuses.milvus.io Optional milvuses.milvus.io",
       "localqueues /apis/kueue.x-k8s.io/v1beta2/localqueues localqueues.kueue.x-k8s.io Optional localqueues.kueue.x-k8s.io",
       "clusterqueues /apis/kueue.x-k8s.io/v1beta2/clusterqueues clusterqueues.kueue.x-k8s.io Optional clusterqueues.kueue.x-k8s.io",
       "cohorts /apis/kueue.x-k8s.io/v1beta2/cohorts cohorts.kueue.x-k8s.io Optional cohorts.kueue.x-k8s.io",
       "resourceflavors /apis/kueue.x-k8s.io/v1beta2/resourceflavors resourceflavors.kueue.x-k8s.io Optional resourceflavors.kueue.x-k8s.io",
     ]
    `);
  });

  it('never reads a Secret', () => {
    expect(WATCHED_RESOURCES.map(({ plural }) => plural)).not.toContain(
      'secrets',
    );
  });

  it('asks for names only where only names are read', () => {
    const withAccept = WATCHED_RESOURCES.filter(({ accept }) => accept);
    expect(withAccept.map(({ key }) => key)).toEqual([
      'customresourcedefinitions',
    ]);
    expect(withAccept[0].accept).toMatch(/, application\/json$/);
  });
});
