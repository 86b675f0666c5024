using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Duomano.Inference;

/// <summary>What a gesture network's large weights are multiplied in while it plays.</summary>
public enum InferencePrecision
{
    /// <summary>As trained.</summary>
    Float32,

    /// <summary>Weights and what they are multiplied with rounded to 8 bits: large networks need a quarter of the memory and run about three times as fast.</summary>
    Int8,
}

/// <summary>Which precisions there are here.</summary>
public static class InferencePrecisions
{
    /// <summary>
    /// Whether the processor has instructions for sums of 8-bit products (AVX-512 VNNI, AVX-VNNI or Arm's dot product). Without
    /// them int8 is not faster, and on older x86 processors its sums overflow.
    /// </summary>
    public static bool HasInt8 { get; } = Dp.IsSupported || HasVnni();

    // Leaf 7 of CPUID: AVX-512 VNNI is bit 11 of ECX, AVX-VNNI bit 4 of EAX of subleaf 1.
    private static bool HasVnni() =>
        X86Base.IsSupported && ((Avx512F.IsSupported && (X86Base.CpuId(7, 0).Ecx & 1 << 11) != 0) || (Avx2.IsSupported && (X86Base.CpuId(7, 1).Eax & 1 << 4) != 0));
}
