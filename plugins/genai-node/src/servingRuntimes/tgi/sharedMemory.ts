export { multiGpuSharedMemory as tgiSharedMemoryGib } from '../multiGpuSharedMemory';
