using Duomano.Core.Motion;

namespace Duomano.Training.Running;

/// <summary>A task whose network makes motion that can be looked at.</summary>
public interface IShowsMotion
{
    /// <summary>A validation window as it was performed and as the network makes it now; always the same window and noise.</summary>
    ShownMotion Show();
}

/// <summary>The same stretch of music twice.</summary>
/// <param name="Actual">As it was performed.</param>
/// <param name="Predicted">As the network makes it.</param>
public sealed record ShownMotion(TwoHandClip Actual, TwoHandClip Predicted);
