namespace Vilt.Attribution;

/// <summary>What a <see cref="NoiseTunnel"/> makes of the attributions of noised inputs.</summary>
public enum NoiseTunnelType
{
    /// <summary>Their mean (Smilkov et al. 2017, https://arxiv.org/abs/1706.03825).</summary>
    SmoothGrad,

    /// <summary>The mean of their squares (Hooker et al. 2018, https://arxiv.org/abs/1806.10758).</summary>
    SmoothGradSquare,

    /// <summary>Their variance (Adebayo et al. 2018, https://arxiv.org/abs/1810.03307).</summary>
    VarGrad,
}
