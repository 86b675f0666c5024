using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Tests.Trajectories;

public sealed class HandGeometryTests
{
    private static readonly HandIk Hand = new(HandSkeleton.Create(HandSide.Right));
    private static readonly HandCapsules Capsules = new(Hand.Skeleton);

    [Fact]
    public void Points_are_those_of_the_pose_that_a_state_stands_for()
    {
        var geometry = new HandGeometry(Hand, Capsules);
        var random = new SeededRandom(5);
        var ends = new Vector3[HandCapsules.EndCount];
        var pose = new HandPose();
        for (var i = 0; i < 20; i++)
        {
            var state = State(random);
            geometry.Update(state);
            HandState.Write(state, Hand, pose);
            Capsules.Place(pose, ends);
            for (var k = 0; k < ends.Length; k++) Assert.True(Vector3.Distance(ends[k], geometry.Ends[k]) < 1e-5f, $"point {k}");
            var again = new double[HandState.Length];
            HandState.Read(pose, Hand, again);
            for (var k = 0; k < again.Length; k++) Assert.Equal(state[k], again[k], 1e-4);
        }
    }

    [Fact]
    public void Rows_are_the_points_derivatives()
    {
        const double Step = 2e-3;
        var geometry = new HandGeometry(Hand, Capsules);
        var random = new SeededRandom(6);
        Span<double> row = stackalloc double[HandGeometry.RowLength];
        for (var i = 0; i < 20; i++)
        {
            var state = State(random);
            var direction = Vector3.Normalize(new((float)random.NextGaussian(), (float)random.NextGaussian(), (float)random.NextGaussian()));
            for (var slot = 0; slot < 5; slot++)
            {
                geometry.Update(state);
                geometry.Row(slot, 2, geometry.Pad(slot), direction, row);
                for (var k = 0; k < HandGeometry.RowLength; k++)
                {
                    var number = k < 6 ? k : HandState.Angles(slot) + k - 6;
                    var slope = (Along(number, Step) - Along(number, -Step)) / (2 * Step);
                    Assert.Equal(slope, row[k], 2e-4);
                }

                double Along(int number, double change)
                {
                    double[] moved = [.. state];
                    moved[number] += change;
                    geometry.Update(moved);
                    return Vector3.Dot(geometry.Pad(slot), direction);
                }
            }
        }
    }

    private static double[] State(SeededRandom random)
    {
        var state = new double[HandState.Length];
        for (var i = 0; i < 3; i++) state[i] = random.Uniform(-0.2, 0.2);
        for (var i = 3; i < 6; i++) state[i] = random.Uniform(-0.5, 0.5);
        foreach (var finger in Fingers.All)
        {
            FingerAngles angles = new((float)random.Uniform(-0.3, 0.3), (float)random.Uniform(-0.3, 0.8), (float)random.Uniform(0.05, 0.8));
            HandState.SetFinger(state, (int)finger - 1, Hand[finger].Clamp(angles));
        }

        return state;
    }
}
