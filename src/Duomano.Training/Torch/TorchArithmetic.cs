using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>
/// Sums, and arithmetic with a number. TorchSharp's own operators wrap numbers in native scalars that nothing keeps alive
/// (the sum of two tensors, too, has a factor of 1 behind it; their difference has none): a finalizer may free one while the native call still reads
/// it, which fails once in some thousands of calls. Here they live until the call has returned.
/// </summary>
public static class TorchArithmetic
{
    private static readonly Scalar One = 1f.ToScalar();

    /// <summary>x + y.</summary>
    public static torch.Tensor Plus(this torch.Tensor x, torch.Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.add(y, One);
    }

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
        return x.add(scalar, One);
    }

    /// <summary>max(x, floor).</summary>
    public static torch.Tensor AtLeast(this torch.Tensor x, double floor)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scalar = ((float)floor).ToScalar();
        return x.clamp_min(scalar);
    }

    /// <summary>min(x, ceiling).</summary>
    public static torch.Tensor AtMost(this torch.Tensor x, double ceiling)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scalar = ((float)ceiling).ToScalar();
        return x.clamp_max(scalar);
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
