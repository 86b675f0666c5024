using Duomano.Core.Hands;

namespace Duomano.Inference.Onnx;

/// <summary>Makes things that have to be closed, one for each hand.</summary>
internal static class DisposablePair
{
    /// <summary>Makes both, left first; where the second cannot be made, the first is closed again.</summary>
    public static PerHand<T> Create<T>(Func<HandSide, T> make)
        where T : IDisposable
    {
        var left = make(HandSide.Left);
        try
        {
            return new(left, make(HandSide.Right));
        }
        catch
        {
            left.Dispose();
            throw;
        }
    }
}
