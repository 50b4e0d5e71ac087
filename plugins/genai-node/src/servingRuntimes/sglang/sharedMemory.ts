export { multiGpuSharedMemory as sglangSharedMemoryGib } from '../multiGpuSharedMemory';
