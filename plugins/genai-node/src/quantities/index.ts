export { parseDeviceCount, parseQuantity } from './parseQuantity';
