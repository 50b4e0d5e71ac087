export { multiGpuSharedMemory as tritonSharedMemoryGib } from '../multiGpuSharedMemory';
