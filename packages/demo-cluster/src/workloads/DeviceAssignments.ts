import { Container, Node, Pod } from '../sim/kubeTypes';
import { containerRequests, holdsResources } from '../sim/podResources';
import { quantityOrZero } from '../sim/quantities';
import { GpuDevice, gpusOf, PhysicalGpu } from './gpuDevices';

/** Who has a device. */
export interface Holder {
  pod: Pod;
  container: string;
}

/** A device with its GPU and its holder, if it has one. */
export interface AssignedDevice {
  gpu: PhysicalGpu;
  device: GpuDevice;
  holder?: Holder;
}

/** The part of the kubelets that hands devices to containers. The API does not tell it; only exporters see it. */
export interface DeviceAssignments {
  devicesOn(node: Node): AssignedDevice[];
}

const deviceKey = (device: GpuDevice) =>
  `${device.resource}/${device.gpuIndex}/${device.mig?.instanceId ?? device.slot}`;

const containersOf = (pod: Pod): Container[] => [
  ...pod.spec.containers,
  ...(pod.spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  ),
];

/**
 * Hands out devices in the order in which pods were started, lowest number first; a pod keeps its own until it ends.
 */
export function createDeviceAssignments(
  podsOnNode: (node: string) => Pod[],
): DeviceAssignments {
  const byNode = new Map<string, Map<string, string>>();
  const gpusByNode = new Map<
    string,
    { version?: string; gpus: PhysicalGpu[] }
  >();

  const cachedGpus = (node: Node): PhysicalGpu[] => {
    const { name, resourceVersion } = node.metadata;
    const cached = gpusByNode.get(name);
    if (cached && cached.version === resourceVersion) {
      return cached.gpus;
    }
    const gpus = gpusOf(node);
    gpusByNode.set(name, { version: resourceVersion, gpus });
    return gpus;
  };

  return {
    devicesOn(node) {
      const gpus = cachedGpus(node);
      const all = gpus.flatMap(gpu =>
        gpu.devices.map((device): AssignedDevice => ({ gpu, device })),
      );
      // Time-sliced slots go round the GPUs, as the device plugin spreads them.
      const order = [...all].sort(
        (a, b) => a.device.slot - b.device.slot || a.gpu.index - b.gpu.index,
      );
      const pods = podsOnNode(node.metadata.name)
        .filter(pod => holdsResources(pod) && pod.status?.startTime)
        .sort(
          (a, b) =>
            (a.status?.startTime ?? '').localeCompare(
              b.status?.startTime ?? '',
            ) || a.metadata.name.localeCompare(b.metadata.name),
        );
      const before =
        byNode.get(node.metadata.name) ?? new Map<string, string>();
      const taken = new Map<string, string>();
      const holders = new Map<string, Holder>();
      const claims = pods.flatMap(pod =>
        containersOf(pod).map(container => ({
          holder: { pod, container: container.name },
          key: `${pod.metadata.uid}/${container.name}`,
          requests: containerRequests(container),
        })),
      );
      for (const { key, holder } of claims) {
        for (const [device, owner] of before) {
          if (owner === key) {
            taken.set(device, key);
            holders.set(device, holder);
          }
        }
      }
      for (const { key, holder, requests } of claims) {
        const alreadyHeld = new Set(
          [...taken]
            .filter(([, owner]) => owner === key)
            .map(([device]) => device),
        );
        for (const [resource, amount] of Object.entries(requests)) {
          const held = all.filter(
            ({ device }) =>
              device.resource === resource &&
              alreadyHeld.has(deviceKey(device)),
          ).length;
          order
            .filter(
              ({ device }) =>
                device.resource === resource &&
                device.healthy &&
                !taken.has(deviceKey(device)),
            )
            .slice(0, Math.max(0, quantityOrZero(amount) - held))
            .forEach(({ device }) => {
              taken.set(deviceKey(device), key);
              holders.set(deviceKey(device), holder);
            });
        }
      }
      byNode.set(node.metadata.name, taken);
      return all.map(entry => ({
        ...entry,
        holder: holders.get(deviceKey(entry.device)),
      }));
    },
  };
}
