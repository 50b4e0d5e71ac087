export { tgiSharedMemoryGib } from '../tgi/sharedMemory';
