using Duomano.Core.Body;
using Duomano.Core.Playing;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>A style that was chosen.</summary>
/// <param name="Player">What networks are told.</param>
/// <param name="Named">How the kinematic pianist has it.</param>
/// <param name="NamedBody">How much of an avatar's body plays along.</param>
/// <param name="Strength">How far networks go towards it.</param>
/// <param name="Expression">How much loudness and phrasing show, times the usual.</param>
internal sealed record StyleChoice(PlayerStyle Player, PerformanceStyle Named, BodyStyle NamedBody, float Strength, float Expression)
{
    /// <summary>How the kinematic pianist plays with so much expression.</summary>
    public PerformanceStyle Touch => Named with
    {
        WristExpressiveness = Math.Clamp(Named.WristExpressiveness * Expression, 0, 1),
        LiftExpressiveness = Math.Clamp(Named.LiftExpressiveness * Expression, 0, 1),
    };

    /// <summary>How much of an avatar's body plays along with so much expression.</summary>
    public BodyStyle Body => NamedBody with { Swaying = NamedBody.Swaying * Expression };

    /// <summary>The same for a generator.</summary>
    public GenerationOptions Of(GenerationOptions options)
    {
        var player = Player;
        if (Expression != 1)
        {
            foreach (var number in (ReadOnlySpan<StyleNumber>)[StyleNumber.WristExpressiveness, StyleNumber.LiftExpressiveness])
            {
                if (player[number] is { } value) player = player.With(number, Math.Clamp(value * Expression, 0, 1));
            }
        }

        return options with { Style = player, StyleStrength = Strength, Expression = Expression, Touch = Touch };
    }
}
