import { forbidden } from '../../store/ApiStatusError';
import { KubeObject, ObjectStore } from '../../store/ObjectStore';
import { containersOf } from '../schema/podDefaults';
import { at, JsonNode, node, nodes, texts } from '../schema/nodes';

type Level = 'privileged' | 'baseline' | 'restricted';

const LABEL = 'pod-security.kubernetes.io/';
const PODS = { group: '', plural: 'pods' };
const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const RESTRICTED_VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function quoted(names: unknown[]): string {
  return names.map(name => JSON.stringify(name)).join(', ');
}

/** `container "a"` or `containers "a", "b"`. */
function named(containers: JsonNode[]): string {
  const names = quoted(containers.map(container => container.name));
  return `container${containers.length > 1 ? 's' : ''} ${names}`;
}

function securityOf(container: JsonNode): JsonNode {
  return node(container.securityContext);
}

function baselineFaults(spec: JsonNode, containers: JsonNode[]): string[] {
  const faults: string[] = [];
  const hosts = ['hostNetwork', 'hostPID', 'hostIPC'].filter(
    field => spec[field] === true,
  );
  if (hosts.length) {
    faults.push(
      `host namespaces (${hosts.map(field => `${field}=true`).join(', ')})`,
    );
  }
  const hostPaths = nodes(spec.volumes).filter(volume => volume.hostPath);
  if (hostPaths.length) {
    faults.push(
      `hostPath volumes (volume${hostPaths.length > 1 ? 's' : ''} ${quoted(hostPaths.map(volume => volume.name))})`,
    );
  }
  const privileged = containers.filter(
    container => securityOf(container).privileged === true,
  );
  if (privileged.length) {
    faults.push(
      `privileged (${named(privileged)} must not set securityContext.privileged=true)`,
    );
  }
  const adding = containers.filter(container =>
    texts(at(securityOf(container), 'capabilities', 'add')).some(
      capability => !BASELINE_CAPABILITIES.has(capability),
    ),
  );
  if (adding.length) {
    const added = adding.flatMap(container =>
      texts(at(securityOf(container), 'capabilities', 'add')).filter(
        capability => !BASELINE_CAPABILITIES.has(capability),
      ),
    );
    faults.push(
      `non-default capabilities (${named(adding)} must not include ${quoted([...new Set(added)].sort())} in securityContext.capabilities.add)`,
    );
  }
  const ports = containers
    .flatMap(container => nodes(container.ports))
    .filter(port => port.hostPort);
  if (ports.length) {
    const using = containers.filter(container =>
      nodes(container.ports).some(port => port.hostPort),
    );
    faults.push(
      `hostPort (${named(using)} use${using.length > 1 ? '' : 's'} hostPort${ports.length > 1 ? 's' : ''} ${ports.map(port => port.hostPort).join(', ')})`,
    );
  }
  const unconfined = containers.filter(
    container =>
      at(securityOf(container), 'seccompProfile', 'type') === 'Unconfined',
  );
  if (unconfined.length) {
    faults.push(
      `seccompProfile (${named(unconfined)} must not set securityContext.seccompProfile.type to "Unconfined")`,
    );
  }
  if (at(spec, 'securityContext', 'seccompProfile', 'type') === 'Unconfined') {
    faults.push(
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    );
  }
  return faults;
}

function restrictedFaults(spec: JsonNode, containers: JsonNode[]): string[] {
  const faults: string[] = [];
  const pod = node(spec.securityContext);
  const escalating = containers.filter(
    container => securityOf(container).allowPrivilegeEscalation !== false,
  );
  if (escalating.length) {
    faults.push(
      `allowPrivilegeEscalation != false (${named(escalating)} must set securityContext.allowPrivilegeEscalation=false)`,
    );
  }
  const capable = containers.filter(
    container =>
      !texts(at(securityOf(container), 'capabilities', 'drop')).includes('ALL'),
  );
  if (capable.length) {
    faults.push(
      `unrestricted capabilities (${named(capable)} must set securityContext.capabilities.drop=["ALL"])`,
    );
  }
  const volumes = nodes(spec.volumes).filter(
    volume =>
      !Object.keys(volume).some(
        key => key !== 'name' && RESTRICTED_VOLUMES.has(key),
      ),
  );
  if (volumes.length) {
    const types = volumes.flatMap(volume =>
      Object.keys(volume).filter(key => key !== 'name'),
    );
    faults.push(
      `restricted volume types (volume${volumes.length > 1 ? 's' : ''} ${quoted(volumes.map(volume => volume.name))} use${volumes.length > 1 ? '' : 's'} restricted volume type${types.length > 1 ? 's' : ''} ${quoted(types)})`,
    );
  }
  const mayBeRoot = containers.filter(
    container =>
      (securityOf(container).runAsNonRoot ?? pod.runAsNonRoot) !== true,
  );
  if (mayBeRoot.length) {
    faults.push(
      `runAsNonRoot != true (pod or ${named(mayBeRoot)} must set securityContext.runAsNonRoot=true)`,
    );
  }
  const root = containers.filter(
    container => securityOf(container).runAsUser === 0,
  );
  if (root.length) {
    faults.push(`runAsUser=0 (${named(root)} must not set runAsUser=0)`);
  }
  if (pod.runAsUser === 0) {
    faults.push('runAsUser=0 (pod must not set runAsUser=0)');
  }
  const profile = (context: JsonNode) => at(context, 'seccompProfile', 'type');
  const unprofiled = containers.filter(
    container =>
      !['RuntimeDefault', 'Localhost'].includes(
        String(profile(securityOf(container)) ?? profile(pod)),
      ),
  );
  if (unprofiled.length) {
    faults.push(
      `seccompProfile (pod or ${named(unprofiled)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    );
  }
  return faults;
}

/** The rules of a Pod Security level that a pod spec breaks, in the wording of the admission plugin. */
export function podSecurityFaults(level: Level, spec: JsonNode): string[] {
  const containers = containersOf(spec);
  switch (level) {
    case 'baseline':
      return baselineFaults(spec, containers);
    case 'restricted':
      return [
        ...baselineFaults(spec, containers),
        ...restrictedFaults(spec, containers),
      ];
    default:
      return [];
  }
}

function policy(
  store: ObjectStore,
  namespace: string | undefined,
  mode: 'enforce' | 'warn',
): { level: Level; name: string } {
  const labels =
    store.get(
      { ...PODS, version: 'v1', plural: 'namespaces' },
      undefined,
      namespace ?? '',
    )?.metadata.labels ?? {};
  const level = (labels[`${LABEL}${mode}`] ?? 'privileged') as Level;
  const version = labels[`${LABEL}${mode}-version`] ?? 'latest';
  return { level, name: `${level}:${version}` };
}

/** Throws 403 for a pod which its namespace does not admit. */
export function enforcePodSecurity(store: ObjectStore, pod: KubeObject) {
  const { level, name } = policy(store, pod.metadata.namespace, 'enforce');
  const faults = podSecurityFaults(level, node(pod.spec));
  if (faults.length) {
    throw forbidden(
      PODS,
      pod.metadata.name,
      `violates PodSecurity ${JSON.stringify(name)}: ${faults.join(', ')}`,
    );
  }
}

/** What the namespace's `warn` label has to say about the pods of a pod or a workload. */
export function podSecurityWarnings(
  store: ObjectStore,
  object: KubeObject,
): string[] {
  const spec = node(
    object.kind === 'Pod'
      ? object.spec
      : object.kind === 'CronJob'
        ? at(object.spec, 'jobTemplate', 'spec', 'template', 'spec')
        : at(object.spec, 'template', 'spec'),
  );
  const { level, name } = policy(store, object.metadata.namespace, 'warn');
  const faults = spec.containers ? podSecurityFaults(level, spec) : [];
  return faults.length
    ? [
        `would violate PodSecurity ${JSON.stringify(name)}: ${faults.join(', ')}`,
      ]
    : [];
}
