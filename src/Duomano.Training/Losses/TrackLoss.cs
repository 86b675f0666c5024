using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Losses;

/// <summary>How far apart two tracks are: their values over the valid frames, and their first differences over all frames.</summary>
/// <param name="Reconstruction">Mean error of values.</param>
/// <param name="Velocity">Mean error of first differences.</param>
public readonly record struct TrackLoss(torch.Tensor Reconstruction, torch.Tensor Velocity)
{
    /// <summary>Compares tracks, as the published position stage does.</summary>
    /// <param name="predicted">[batch, frames, channels].</param>
    /// <param name="actual">Alike.</param>
    /// <param name="valid">[batch, frames], exactly 1 where a frame counts; anything else does not.</param>
    /// <param name="norm">How errors count.</param>
    /// <param name="velocityOfUnseen">Whether first differences count in frames that do not, as published.</param>
    public static TrackLoss Of(torch.Tensor predicted, torch.Tensor actual, torch.Tensor valid, ErrorNorm norm = ErrorNorm.Absolute, bool velocityOfUnseen = true)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(valid);
        var error = predicted - actual;
        var counted = valid.eq(torch.ones_like(valid)).to(error.dtype).unsqueeze(-1);
        var values = (Size(error, norm) * counted).sum() / counted.sum().AtLeast(1).Times(error.size(-1));
        var frames = error.size(1);
        var velocity = Size(error.narrow(1, 1, frames - 1) - error.narrow(1, 0, frames - 1), norm);
        if (velocityOfUnseen) return new(values, velocity.mean());
        var both = counted.narrow(1, 1, frames - 1) * counted.narrow(1, 0, frames - 1);
        return new(values, (velocity * both).sum() / both.sum().AtLeast(1).Times(error.size(-1)));
    }

    private static torch.Tensor Size(torch.Tensor error, ErrorNorm norm) => norm == ErrorNorm.Absolute ? error.abs() : error.square();
}

/// <summary>How an error counts.</summary>
public enum ErrorNorm
{
    /// <summary>By its absolute value (published name "naive_l1").</summary>
    Absolute,

    /// <summary>By its square ("naive_l2").</summary>
    Squared,
}
