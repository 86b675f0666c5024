using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Inference.Windows;

namespace Duomano.Inference.Models;

/// <summary>What tells the gesture networks about the music: notes or sound.</summary>
internal interface IMotionCondition : IDisposable
{
    /// <summary>Predicts the wrists' tracks and prepares what each window is conditioned on.</summary>
    /// <param name="music">What is played.</param>
    /// <param name="fingered">Its notes with hands and fingers.</param>
    /// <param name="windows">How the piece is cut.</param>
    /// <param name="handSize">Size of the hands, 1 for an average adult.</param>
    /// <param name="style">Who is to play and how; not looked at by models that know no styles.</param>
    /// <param name="cancellation">Stops between windows.</param>
    MotionCondition Of(MusicToPlay music, Score fingered, WindowPlan windows, float handSize, AskedStyle style, CancellationToken cancellation);
}

/// <summary>A piece as the gesture networks see it.</summary>
/// <param name="Positions">Each hand's wrist track, [padded frames, 3], normalised.</param>
/// <param name="Window">Each hand's condition in a window, [window, width].</param>
internal sealed record MotionCondition(PerHand<float[]> Positions, Func<int, PerHand<float[]>> Window);
