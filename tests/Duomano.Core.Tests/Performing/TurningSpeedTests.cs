using Duomano.Core.Performing;


namespace Duomano.Core.Tests.Performing;

public sealed class TurningSpeedTests
{
    // 24 radians a second.
    private const float Most = 0.8f + 1e-5f;

    [Fact]
    public void A_jump_is_spread_over_free_frames_around_it()
    {
        float[] path = [0, 0, 0, 0, 2, 2, 2, 2];
        TurningSpeed.Limit(path, [true, false, false, false, false, false, false, true], 30);
        Assert.Equal((0, 2), (path[0], path[^1]));
        for (var i = 1; i < path.Length; i++) Assert.InRange(path[i] - path[i - 1], 0, Most);
    }

    [Fact]
    public void What_is_fixed_stays_and_what_is_slow_too()
    {
        float[] path = [0, 2, 0.5f, 0.7f, 0.6f, 0.9f];
        float[] given = [.. path];
        TurningSpeed.Limit(path, [true, true, true, false, false, false], 30);
        Assert.Equal(given, path);
    }

    [Fact]
    public void Too_little_time_is_used_evenly()
    {
        float[] path = [0, 3, 3, 3];
        TurningSpeed.Limit(path, [true, false, false, true], 30);
        Assert.Equal([0, 1, 2, 3], path, (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void A_path_without_anything_fixed_only_slows_down()
    {
        float[] path = [0, 0, 3, 0, 0];
        TurningSpeed.Limit(path, new bool[5], 30);
        for (var i = 1; i < path.Length; i++) Assert.InRange(Math.Abs(path[i] - path[i - 1]), 0, Most);
        Assert.InRange(path[2], 0.5f, 3);
    }
}
