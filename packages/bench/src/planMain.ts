import { cpus } from 'node:os';
import { measurePlans } from './measurePlans';

const BADGES_MS = 50;
const PLANS_PER_SECOND = 1000;

const figures = measurePlans({ nodes: 1000, models: 72, rounds: 40 });
const { badges } = figures;
const ms = (value: number) => `${value.toFixed(1)} ms`;
const judge = (reached: boolean) => (reached ? 'reached' : 'MISSED ');
console.log(`${figures.models} models, ${figures.nodes} nodes of 8 GPUs; one thread of ${cpus().length}, Node ${process.versions.node}

fit badges of all models     p50 ${ms(badges.p50Ms)}  p99 ${ms(badges.p99Ms)}
plans a second               ${Math.round(figures.plansPerSecond)}

${judge(badges.p50Ms <= BADGES_MS)}  fit badges, p50: ${ms(badges.p50Ms)} (goal: at most ${ms(BADGES_MS)})
${judge(figures.plansPerSecond >= PLANS_PER_SECOND)}  plans a second: ${Math.round(figures.plansPerSecond)} (goal: at least ${PLANS_PER_SECOND})`);
