using Duomano.Core.Hands;

namespace Duomano.Evaluation.Published;

/// <summary>The weighted sum by which the published evaluation chooses a model; smaller is better.</summary>
public static class SelectionScore
{
    /// <summary>Sum over the hands of 0.25 FID + 0.15 WGD + PD (0.1 of it in units of 0.1 m) + 0.15 Smooth, and 0.3 FGD / 1000.</summary>
    /// <param name="hands">Averages in the published arithmetic.</param>
    /// <param name="gestureDistance">FGD.</param>
    public static double Of(PerHand<HandMeasures> hands, double gestureDistance) =>
        hands.Left.Weighted() + hands.Right.Weighted() + 0.3 * gestureDistance / 1000;

    private static double Weighted(this HandMeasures hand) => 0.25 * hand.Fid + 0.15 * hand.Wgd + 0.1 * hand.PositionDistance / 0.1 + 0.15 * hand.Smooth;
}
