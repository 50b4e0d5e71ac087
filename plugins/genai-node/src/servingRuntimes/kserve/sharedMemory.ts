export { multiGpuSharedMemory as kserveSharedMemoryGib } from '../multiGpuSharedMemory';
