namespace Duomano.Networks.Diffusion;

/// <summary>What a denoising network is taught to answer.</summary>
public enum Objective
{
    /// <summary>The noise ε (published name "pred_noise").</summary>
    Noise,

    /// <summary>The clean signal x_0 ("pred_x0").</summary>
    Start,

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x_0 ("pred_v"; Salimans and Ho 2022, "Progressive Distillation").</summary>
    Velocity,
}
