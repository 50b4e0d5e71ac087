export { CountBar, CountBarLegend, type CountBarProps } from './CountBar';
