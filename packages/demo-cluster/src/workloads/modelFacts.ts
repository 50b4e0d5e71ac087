import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { Container, Pod } from '../sim/kubeTypes';

/** Weights that a model needs when its name does not tell its size. */
const UNKNOWN_PARAMETERS_B = 7;

const FLAG_NAMES = ['--model', '--model-id', '--model-path'];

/** Value of a command line flag, as `--flag value` or `--flag=value`. */
export function flagValue(
  container: Container,
  flag: string,
): string | undefined {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  for (const [index, word] of words.entries()) {
    if (word === flag) {
      return words[index + 1];
    }
    if (word.startsWith(`${flag}=`)) {
      return word.slice(flag.length + 1);
    }
  }
  return undefined;
}

/** The model a container serves: from its flags, `vllm serve MODEL`, its environment or the pod's annotation. */
export function modelOf(pod: Pod, container: Container): string | undefined {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const serve = words.indexOf('serve');
  const [first] = container.args ?? [];
  const positional = serve >= 0 ? words[serve + 1] : first;
  const candidates = [
    ...FLAG_NAMES.map(flag => flagValue(container, flag)),
    positional?.startsWith('-') ? undefined : positional,
    container.env?.find(({ name }) => name === 'MODEL_ID')?.value,
    pod.metadata.annotations?.[ANNOTATIONS.model],
  ];
  return candidates.find(candidate => candidate !== undefined);
}

/** Names under which a vLLM server offers its model. */
export function servedNames(pod: Pod, container: Container): string[] {
  const name =
    flagValue(container, '--served-model-name') ?? modelOf(pod, container);
  return name === undefined ? [] : [name];
}

/**
 * Weights of a model in GiB, from the number of parameters in its name and the precision that the name or the flags tell.
 * An estimate that is good enough to decide whether a simulated GPU is much too small.
 */
export function weightsGiB(model: string, quantization?: string): number {
  const size = /(?:(\d+)x)?(\d+(?:\.\d+)?)[bB](?![a-zA-Z])/.exec(model);
  const millions = /(\d+)[mM](?![a-zA-Z])/.exec(model);
  const named: Record<string, number> = {
    'phi-4': 14.7,
    'bge-m3': 0.57,
    'bge-large': 0.34,
    'bge-base': 0.11,
    'bge-small': 0.03,
    MiniLM: 0.02,
  };
  const known = Object.entries(named).find(([name]) => model.includes(name));
  let parameters = UNKNOWN_PARAMETERS_B;
  if (size) {
    parameters = Number(size[1] ?? 1) * Number(size[2]);
  } else if (known) {
    [, parameters] = known;
  } else if (millions) {
    parameters = Number(millions[1]) / 1000;
  }
  const precision = `${model} ${quantization ?? ''}`.toLowerCase();
  let bytes = 2;
  if (/awq|gptq|int4|4bit|mxfp4|nvfp4|gpt-oss/.test(precision)) {
    bytes = 0.56;
  } else if (/fp8|int8|w8a8/.test(precision)) {
    bytes = 1;
  }
  return (parameters * 1e9 * bytes) / 2 ** 30;
}
