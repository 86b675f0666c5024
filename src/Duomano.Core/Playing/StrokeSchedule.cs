using Duomano.Core.Fingering;

namespace Duomano.Core.Playing;

/// <summary>How near each finger of one (right) hand is to its strokes, frame after frame.</summary>
internal sealed class StrokeSchedule
{
    // Beyond this time before or after its strokes a finger is free, seconds.
    private const double Farthest = 0.32;

    private readonly Moment[] _moments;

    public StrokeSchedule(IReadOnlyList<Stroke> strokes, int frames, double fps)
    {
        _moments = new Moment[frames * 5];
        foreach (var finger in Fingers.All)
        {
            Stroke[] own = [.. strokes.Where(stroke => stroke.Finger == finger).OrderBy(stroke => stroke.Press)];
            var next = 0;
            for (var frame = 0; frame < frames; frame++)
            {
                var time = frame / fps;
                while (next < own.Length && own[next].Press <= time) next++;
                _moments[frame * 5 + (int)finger - 1] = At(time, next > 0 ? own[next - 1] : null, next < own.Length ? own[next] : null);
            }
        }
    }

    public ref readonly Moment this[int frame, int slot] => ref _moments[frame * 5 + slot];

    private static Moment At(double time, Stroke? before, Stroke? after)
    {
        var since = before is null ? double.PositiveInfinity : Math.Max(0, time - before.Release);
        var until = after is null ? double.PositiveInfinity : after.Press - time;
        var away = Math.Min(since, until);
        return away > Farthest ? default : new(until < since ? after : before, away);
    }

    /// <summary>One finger in one frame.</summary>
    /// <param name="Stroke">The stroke it prepares, carries out or has just ended; null far from any.</param>
    /// <param name="Away">How long until it or since it, seconds; 0 while the key is down.</param>
    public readonly record struct Moment(Stroke? Stroke, double Away)
    {
        public bool IsDown => Stroke is not null && Away <= 0;
    }
}
