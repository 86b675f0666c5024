using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>What the inverse kinematics of a finger found.</summary>
/// <param name="Angles">Angles within the limits.</param>
/// <param name="Miss">From the pad to the target, metres, in the hand's rest axes; zero when reached.</param>
public readonly record struct FingerReach(FingerAngles Angles, Vector3 Miss);

/// <summary>
/// Finds the angles that bring a finger's pad to a point: damped least squares (Levenberg–Marquardt) on the three
/// angles, those at a limit held there. Three angles for three coordinates leave no freedom, so a steady path of
/// targets gives a steady path of angles.
/// </summary>
public static class FingerIk
{
    private const int MaxIterations = 24;
    private const float Tolerance = 2e-5f;
    private const float LeastDamping = 1e-9f;

    /// <summary>Solves for one target.</summary>
    /// <param name="chain">The finger.</param>
    /// <param name="target">Where its pad should be, metres from the wrist in the hand's rest axes.</param>
    /// <param name="start">Where to start, such as the frame before.</param>
    public static FingerReach Solve(FingerChain chain, Vector3 target, FingerAngles start) => Solve(chain, target, start, Vector3.Zero);

    /// <summary>Solves for one target; where it is out of reach, one direction counts more than the others.</summary>
    /// <param name="chain">The finger.</param>
    /// <param name="target">Where its pad should be, metres from the wrist in the hand's rest axes.</param>
    /// <param name="start">Where to start, such as the frame before.</param>
    /// <param name="emphasis">A direction times how much more (0 for not at all) a miss along it counts.</param>
    /// <param name="steadiness">What turning the knuckle sideways costs, metres a radian. A pad right below its knuckle can
    /// be reached with any sideways turn; a few millimetres a radian keep the finger from spinning there.</param>
    public static FingerReach Solve(FingerChain chain, Vector3 target, FingerAngles start, Vector3 emphasis, float steadiness = 0)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var scale = emphasis == Vector3.Zero ? 0 : 1 / emphasis.Length();
        Vector3 Weighted(Vector3 vector) => vector + emphasis * (Vector3.Dot(emphasis, vector) * scale);

        var angles = chain.Clamp(start);
        var (sideways, price) = (angles.Abduction, steadiness * steadiness);
        var damping = 1e-6f;
        var miss = Weighted(target - chain.Pad(angles, out var a, out var f, out var c));
        var error = miss.LengthSquared();
        for (var i = 0; i < MaxIterations && error > Tolerance * Tolerance; i++)
        {
            (a, f, c) = (Weighted(a), Weighted(f), Weighted(c));
            var pull = price * (sideways - angles.Abduction);
            var gradient = new Vector3(Vector3.Dot(a, miss) + pull, Vector3.Dot(f, miss), Vector3.Dot(c, miss));
            var freeA = IsFree(chain.AbductionRange, angles.Abduction, gradient.X);
            var freeF = IsFree(chain.FlexionRange, angles.Flexion, gradient.Y);
            var freeC = IsFree(chain.CurlRange, angles.Curl, gradient.Z);
            gradient *= new Vector3(freeA ? 1 : 0, freeF ? 1 : 0, freeC ? 1 : 0);
            var step = Step(freeA ? a : default, freeF ? f : default, freeC ? c : default, gradient, damping, price);
            var next = chain.Clamp(new(angles.Abduction + Limited(step.X), angles.Flexion + Limited(step.Y), angles.Curl + Limited(step.Z)));
            var nextMiss = Weighted(target - chain.Pad(next, out var nextA, out var nextF, out var nextC));
            var turned = next.Abduction - sideways;
            var nextError = nextMiss.LengthSquared() + price * turned * turned;
            if (nextError < error)
            {
                var gained = error - nextError;
                (angles, miss, error, a, f, c) = (next, nextMiss, nextError, nextA, nextF, nextC);
                damping = MathF.Max(damping / 5, LeastDamping);
                if (gained < 1e-3f * error) break;
            }
            else
            {
                damping *= 10;
                if (damping > 1) break;
                chain.Pad(angles, out a, out f, out c);
            }
        }

        return new(angles, target - chain.Pad(angles));
    }

    private static bool IsFree(AngleRange range, float angle, float gradient) =>
        !(gradient > 0 && angle >= range.High) && !(gradient < 0 && angle <= range.Low);

    private static float Limited(float step) => Math.Clamp(step, -0.5f, 0.5f);

    // (JᵀJ + damping) step = gradient by Cramer's rule; a column of zeros stays where it is.
    private static Vector3 Step(Vector3 a, Vector3 f, Vector3 c, Vector3 right, float damping, float price)
    {
        var (aa, ff, cc) = (Vector3.Dot(a, a) + damping + price, Vector3.Dot(f, f) + damping, Vector3.Dot(c, c) + damping);
        var (af, ac, fc) = (Vector3.Dot(a, f), Vector3.Dot(a, c), Vector3.Dot(f, c));
        Vector3 column0 = new(aa, af, ac), column1 = new(af, ff, fc), column2 = new(ac, fc, cc);
        var cross = Vector3.Cross(column1, column2);
        var determinant = Vector3.Dot(column0, cross);
        return new Vector3(
            Vector3.Dot(right, cross),
            Vector3.Dot(column0, Vector3.Cross(right, column2)),
            Vector3.Dot(column0, Vector3.Cross(column1, right))) / determinant;
    }
}
