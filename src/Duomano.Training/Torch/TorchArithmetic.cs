using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>
/// Arithmetic with a number. TorchSharp's own operators wrap the number in a native scalar that nothing keeps alive: its
/// finalizer may free it while the native call still reads it, which fails once in some thousands of calls. Here it lives
/// until the call has returned.
/// </summary>
public static class TorchArithmetic
{
    /// <summary>x · factor.</summary>
    public static torch.Tensor Times(this torch.Tensor x, double factor)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scalar = ((float)factor).ToScalar();
        return x.mul(scalar);
    }

    /// <summary>x + offset.</summary>
    public static torch.Tensor Plus(this torch.Tensor x, double offset)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scalar = ((float)offset).ToScalar();
        return x.add(scalar);
    }

    /// <summary>max(x, floor).</summary>
    public static torch.Tensor AtLeast(this torch.Tensor x, double floor)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scalar = ((float)floor).ToScalar();
        return x.clamp_min(scalar);
    }

    /// <summary>target ← target · keep + other · share, in place.</summary>
    public static void Blend(this torch.Tensor target, double keep, torch.Tensor other, double share)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var kept = ((float)keep).ToScalar();
        using var shared = ((float)share).ToScalar();
        target.mul_(kept);
        target.add_(other, shared);
    }
}
