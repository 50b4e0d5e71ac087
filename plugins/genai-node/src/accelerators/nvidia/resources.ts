import type { AcceleratorResource } from '../AcceleratorSpoke';

/** Profile as the device plugin spells it in resource names: `1g.10gb`, `1g.10gb.me`, `1c.3g.20gb`. */
const MIG = /^nvidia\.com\/mig-((?:\d+c\.)?\d+g\.\d+gb(?:\.me(?:\.all)?)?)$/;

/**
 * `nvidia.com/gpu`, `nvidia.com/gpu.shared` (time-slicing or MPS with `renameByDefault`), `nvidia.com/mig-*` and
 * `nvidia.com/mig-*.shared`. The name alone cannot tell a whole GPU from a slot of a shared one: labels do.
 */
export function readResource(
  resource: string,
): AcceleratorResource | undefined {
  const shared = resource.endsWith('.shared');
  const bare = shared ? resource.slice(0, -'.shared'.length) : resource;
  if (bare === 'nvidia.com/gpu') {
    return {
      vendor: 'nvidia',
      resource,
      sharing: shared ? 'TimeSlicing' : 'Whole',
    };
  }
  const profile = MIG.exec(bare)?.[1];
  return profile
    ? {
        vendor: 'nvidia',
        resource,
        sharing: shared ? 'TimeSlicing' : 'Mig',
        profile,
      }
    : undefined;
}
