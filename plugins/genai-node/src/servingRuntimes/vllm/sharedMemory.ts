export { multiGpuSharedMemory as vllmSharedMemoryGib } from '../multiGpuSharedMemory';
