import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { Container, Pod } from '../sim/kubeTypes';

/** Weights that a model needs when its name does not tell its size. */
const UNKNOWN_PARAMETERS_B = 7;

const FLAG_NAMES = [
  '--model',
  '--model-id',
  '--model_id',
  '--model-path',
  '--hf-repo',
];

/** Words of command and arguments; shell scripts are split at white space. */
const wordsOf = ({ command = [], args = [] }: Container): string[] =>
  [...command, ...args].flatMap(word => word.split(/\s+/).filter(Boolean));

/** Value of a command line flag, as `--flag value` or `--flag=value`. */
export function flagValue(
  container: Container,
  flag: string,
): string | undefined {
  const words = wordsOf(container);
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

/** What KServe's storage initializer brings, when that is a model of the hub. */
const downloadedModel = (pod: Pod): string | undefined =>
  pod.spec.initContainers
    ?.flatMap(({ args = [] }) => args)
    .map(word => /^hf:\/\/([^:]+)/.exec(word)?.[1])
    .find(model => model !== undefined);

/**
 * The model a container serves: from its flags, `vllm serve MODEL` or its environment; where these name a folder or nothing,
 * what was downloaded there, the pod's annotation, or the image of a NIM.
 */
export function modelOf(pod: Pod, container: Container): string | undefined {
  const words = wordsOf(container);
  const serve = words.indexOf('serve');
  const [first] = container.args ?? [];
  const positional = serve >= 0 ? words[serve + 1] : first;
  const named = [
    ...FLAG_NAMES.map(flag => flagValue(container, flag)),
    positional?.startsWith('-') ? undefined : positional,
    container.env?.find(({ name }) => name === 'MODEL_ID')?.value,
  ].find(candidate => candidate !== undefined);
  return named?.startsWith('/') === false
    ? named
    : (downloadedModel(pod) ??
        pod.metadata.annotations?.[ANNOTATIONS.model] ??
        nimModel(container) ??
        named);
}

const nimModel = ({ image }: Container): string | undefined =>
  /(?:^|\/)nim\/([^:@]+)/.exec(image)?.[1];

const SERVED_NAME_FLAGS = [
  '--served-model-name',
  '--model_name',
  '--alias',
  '--load-model',
];

/** Names under which an engine offers its model. */
export function servedNames(pod: Pod, container: Container): string[] {
  const name =
    SERVED_NAME_FLAGS.map(flag => flagValue(container, flag)).find(
      value => value !== undefined,
    ) ??
    nimModel(container) ??
    modelOf(pod, container);
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
    'phi-4-mini': 3.8,
    'phi-4': 14.7,
    'bge-m3': 0.57,
    'bge-large': 0.34,
    'bge-base': 0.11,
    'bge-small': 0.03,
    minilm: 0.02,
  };
  const known = Object.entries(named).find(([name]) =>
    model.toLowerCase().includes(name),
  );
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
