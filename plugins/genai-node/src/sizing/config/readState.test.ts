import { readStateBytes } from './readState';

const of = (family: string, values: Record<string, unknown>, hidden = 1024) =>
  readStateBytes({ values, path: 'config' }, family, hidden);

describe('readStateBytes', () => {
  it('counts convolution and recurrent state of a gated delta net', () => {
    const heads = {
      linear_num_key_heads: 16,
      linear_key_head_dim: 128,
      linear_num_value_heads: 32,
      linear_value_head_dim: 128,
    };
    // 3 inputs of 2 x 2048 + 4096 channels, and 32 matrices of 128 x 128, all in 16 bit.
    const expected = 3 * 8192 * 2 + 32 * 128 * 128 * 2;
    expect(of('qwen3_next', heads)).toBe(expected);
    expect(of('qwen3_5_text', { ...heads, linear_conv_kernel_dim: 5 })).toBe(
      expected + 8192 * 2,
    );
  });

  it('keeps the recurrent state of Kimi Linear in 32 bit', () => {
    const linear_attn_config = { head_dim: 128, num_heads: 32 };
    expect(of('kimi_linear', { linear_attn_config })).toBe(
      3 * 3 * 4096 * 2 + 4096 * 128 * 4,
    );
    expect(() => of('kimi_linear', {})).toThrow(
      'config.linear_attn_config is missing',
    );
  });

  it('counts the inputs of a short convolution, which has no recurrent state', () => {
    expect(of('lfm2', {}, 2048)).toBe(2 * 2048 * 2);
    expect(of('lfm2_moe', { conv_L_cache: 5 }, 2048)).toBe(4 * 2048 * 2);
  });

  it('widens Mamba by its factor, or takes the width that the file tells', () => {
    expect(of('jamba', {})).toBe(3 * 2048 * 2 + 2048 * 16 * 2);
    expect(of('mamba', { expand: 4, conv_kernel: 3, state_size: 8 })).toBe(
      2 * 4096 * 2 + 4096 * 8 * 2,
    );
    expect(of('mamba', { d_inner: 1000, mamba_ssm_dtype: 'float32' })).toBe(
      3 * 1000 * 2 + 1000 * 16 * 4,
    );
  });

  it('reads Mamba 2 under each name that its descendants use', () => {
    // 64 heads of 64, 128 states, one group unless more are told
    const expected = (groups: number, kernel = 4) =>
      (kernel - 1) * (4096 + 2 * groups * 128) * 2 + 4096 * 128 * 2;
    expect(
      of('nemotron_h', {
        mamba_num_heads: 64,
        mamba_head_dim: 64,
        ssm_state_size: 128,
        n_groups: 8,
        conv_kernel: 4,
      }),
    ).toBe(expected(8));
    expect(
      of('bamba', {
        mamba_n_heads: 64,
        mamba_d_head: 64,
        mamba_d_state: 128,
        mamba_n_groups: 2,
        mamba_d_conv: 3,
      }),
    ).toBe(expected(2, 3));
    expect(
      of('zamba2', {
        n_mamba_heads: 64,
        mamba_headdim: 64,
        state_size: 128,
        mamba_ngroups: 1,
      }),
    ).toBe(expected(1));
    expect(of('mamba2', { num_heads: 64, head_dim: 64, state_size: 128 })).toBe(
      expected(1),
    );
  });

  it.each(['mamba_num_heads', 'mamba_head_dim', 'ssm_state_size'])(
    'names %s when it is missing',
    field => {
      const values: Record<string, unknown> = {
        mamba_num_heads: 64,
        mamba_head_dim: 64,
        ssm_state_size: 128,
      };
      delete values[field];
      expect(() => of('nemotron_h', values)).toThrow(
        `config.${field} is missing`,
      );
    },
  );
});
