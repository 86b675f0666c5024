using Duomano.Core.Playing;
using Duomano.Inference.Features;

namespace Duomano.Inference.Models;

/// <summary>A style that is asked for, and how strongly: what networks answer when told of it, as many times as far from what they answer for anybody (classifier-free guidance, Ho and Salimans 2022).</summary>
/// <param name="Style">Who is to play and how.</param>
/// <param name="Strength">1 for what they answer, 0 for anybody.</param>
internal sealed record AskedStyle(PlayerStyle Style, float Strength)
{
    /// <summary>Whether the networks have to be asked for anybody, too.</summary>
    public bool IsGuided => Strength != 1;

    /// <summary>As networks are told of it.</summary>
    public float[] Told { get; } = StyleFeatures.Of(Style);

    /// <summary>As they are told of anybody.</summary>
    public static float[] ToldOfAnybody { get; } = StyleFeatures.Of(PlayerStyle.Anybody);

    /// <summary>Puts what they answer for anybody and for the style together, in place of the latter.</summary>
    /// <param name="answer">For the style.</param>
    /// <param name="anybody">For anybody.</param>
    public void Guide(Span<float> answer, ReadOnlySpan<float> anybody)
    {
        for (var i = 0; i < answer.Length; i++) answer[i] = anybody[i] + Strength * (answer[i] - anybody[i]);
    }
}
