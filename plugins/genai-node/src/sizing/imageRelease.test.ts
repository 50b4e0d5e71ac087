import { A100, H100, L4, MI300X } from './__fixtures__/gpuNodes';
import { codes, LLAMA_8B, plan } from './__fixtures__/plan';

const overhead = (answer: ReturnType<typeof plan>) =>
  answer.choice!.memory!.overheadBytesPerGpu;

describe('a plan for an image of the adopter', () => {
  const ask = { model: LLAMA_8B, gpuCount: 1 };
  const withImage = (image: string, request: object = {}, nodes = [L4]) =>
    plan({ ...ask, ...request }, nodes, {
      images: { vllm: { nvidia: image } },
    });

  it.each([
    ['registry.example/vllm:v0.10.2', '0.10.2'],
    ['registry.example:5000/vllm:0.10.1-cu128', '0.10.1'],
    ['rocm/vllm:rocm7.0.0_vllm_0.10.0_20250812', '0.10.0'],
  ])('counts with the release in the tag of %s', (image, engineVersion) => {
    const answer = withImage(image);
    expect(overhead(answer)).toBe(
      overhead(plan({ ...ask, engineVersion }, [L4])),
    );
    expect(overhead(answer)).not.toBe(overhead(plan(ask, [L4])));
    expect(codes(answer.reasons)).not.toContain('EngineReleaseUnknown');
  });

  it('takes a mirror of the pinned image for the pinned release', () => {
    const answer = withImage('mirror.example/vllm-openai:v0.32.0');
    expect(overhead(answer)).toBe(overhead(plan(ask, [L4])));
    expect(answer.verdict).toBe('Fits');
  });

  it.each([
    `mirror.example/vllm@sha256:${'a'.repeat(64)}`,
    'registry.example/vllm:team-chat-7',
    'registry.example/vllm:nightly-20261101',
  ])('says that %s does not tell its release', image => {
    const answer = withImage(image, {}, [H100]);
    expect(answer.verdict).toBe('Tight');
    expect(answer.reasons[0]).toMatchObject({
      code: 'EngineReleaseUnknown',
      field: 'engineVersion',
    });
    expect(answer.summary).toContain(image);
  });

  it('believes the version that was asked for', () => {
    const answer = withImage('registry.example/vllm:ours', {
      engineVersion: '0.10.2',
    });
    expect(codes(answer.reasons)).not.toContain('EngineReleaseUnknown');
    expect(overhead(answer)).toBe(
      overhead(plan({ ...ask, engineVersion: '0.10.2' }, [L4])),
    );
  });

  it('takes the row of the device: another kind keeps the pinned one', () => {
    const answer = plan({ ...ask, product: 'NVIDIA-A100-SXM4-80GB' }, [A100], {
      images: { vllm: { 'nvidia/8.9': 'registry.example/vllm:ours' } },
    });
    expect(codes(answer.reasons)).not.toContain('EngineReleaseUnknown');
  });

  it('does not take the release of Triton for that of vLLM', () => {
    const images = {
      triton: { nvidia: 'registry.example/tritonserver:25.01-vllm-python-py3' },
    } as const;
    const answer = plan({ ...ask, engine: 'triton' }, [L4], { images });
    expect(codes(answer.reasons)).toContain('EngineReleaseUnknown');
    expect(overhead(answer)).toBe(
      overhead(plan({ ...ask, engine: 'triton' }, [L4])),
    );
  });

  it('says nothing of engines whose memory no release changes', () => {
    const images = {
      sglang: { nvidia: 'registry.example/sglang:ours' },
    } as const;
    const answer = plan({ ...ask, engine: 'sglang' }, [L4], { images });
    expect(codes(answer.reasons)).not.toContain('EngineReleaseUnknown');
  });

  it('plans for devices that only the adopter has an image for', () => {
    const request = { model: 'BAAI/bge-m3', engine: 'tei' } as const;
    const images = { tei: { amd: 'registry.example/tei:rocm-1.9' } };
    expect(codes(plan(request, [MI300X]).reasons)).toContain(
      'VendorNotSupported',
    );
    expect(plan(request, [MI300X], { images }).verdict).toBe('Fits');
  });
});
