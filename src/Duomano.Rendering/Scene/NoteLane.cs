using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Rendering.Scene;

/// <summary>Notes that come down a plane behind the keys and arrive at them when they are to be played.</summary>
internal sealed class NoteLane
{
    // How fast notes come, metres a second: faster where they follow each other so fast that their numbers would touch.
    private const float Slowest = 0.075f;
    private const float Fastest = 0.14f;
    private const float NumberLength = 0.014f;

    // How far away they are first seen.
    private const float Length = 0.60f;
    private const float Corner = 0.0022f;
    private const float Border = 0.0009f;

    private static readonly Vector3 Start = new(0, 0.064f, PianoKey.BackZ - 0.010f);
    private static readonly Vector3 Ground = Lighting.ToScreen(new(0.0085f, 0.0095f, 0.012f));
    private static readonly Vector3 Line = Lighting.ToScreen(new(0.022f, 0.024f, 0.029f));

    private readonly Note[] _notes;
    private readonly double _longest;
    private readonly float _speed;
    private readonly Vector3 _way;
    private readonly Vector3 _above;

    public NoteLane(IReadOnlyList<Note> notes, CameraView view)
    {
        _notes = [.. notes.OrderBy(note => note.Onset)];
        _longest = _notes.Length > 0 ? _notes.Max(note => note.Duration) : 0;
        _speed = SpeedFor(_notes);
        _way = view == CameraView.Top ? -Vector3.UnitZ : Vector3.Normalize(new(0, 0.80f, -0.60f));
        _above = Vector3.Cross(Vector3.UnitX, _way);
        if (_above.Y < 0) _above = -_above;
    }

    /// <summary>Notes in sight at a time, with their distance from the keys.</summary>
    public IEnumerable<(Note Note, float Near, float Far)> At(double time)
    {
        // Nothing that began earlier than the longest note lasts is still in sight.
        var first = Array.FindIndex(_notes, note => note.Onset >= time - _longest);
        for (var i = Math.Max(0, first); first >= 0 && i < _notes.Length && (_notes[i].Onset - time) * _speed < Length; i++)
        {
            var (near, far) = ((float)(_notes[i].Onset - time) * _speed, (float)(_notes[i].Offset - time) * _speed - 0.001f);
            if (far > 0) yield return (_notes[i], MathF.Max(0, near), MathF.Max(far, MathF.Max(0, near) + 0.002f));
        }
    }

    /// <summary>A point of the plane.</summary>
    /// <param name="x">Along the keyboard.</param>
    /// <param name="away">From the keys.</param>
    /// <param name="layer">Above the plane, in layers that are drawn over each other.</param>
    public Vector3 Point(float x, float away, int layer = 0) => Start + Vector3.UnitX * x + _way * away + _above * (0.0006f * layer);

    /// <summary>Draws the plane.</summary>
    public void AddGround(SceneRenderer scene)
    {
        var (left, right) = (PianoKey.All[0].ExtentX(0).Left - 0.06f, PianoKey.All[^1].ExtentX(0).Right + 0.06f);
        scene.AddPolygon([Point(left, 0), Point(right, 0), Point(right, Length), Point(left, Length)], Ground);
        foreach (var key in PianoKey.All)
        {
            if (key.PitchClass is not (0 or 5)) continue;
            var (x, half) = (key.ExtentX(0).Left, key.PitchClass == 0 ? 0.0006f : 0.0003f);
            scene.AddPolygon([Point(x - half, 0, 1), Point(x + half, 0, 1), Point(x + half, Length, 1), Point(x - half, Length, 1)], Line);
        }
    }

    /// <summary>Draws the notes of a time.</summary>
    public void AddTo(SceneRenderer scene, double time)
    {
        foreach (var (note, near, far) in At(time))
        {
            var half = (note.Key.IsBlack ? PianoKey.BlackWidth * 0.92f : PianoKey.WhiteSpacing * 0.80f) / 2;
            var color = note.Hand is { } hand ? Palette.Linear(hand) : new(0.25f);
            if (note.Key.IsBlack) color *= 0.62f;
            if (note.Onset <= time) color = Vector3.Lerp(color, Vector3.One, 0.12f);
            AddBar(scene, note.Key.CenterX, half, near, far, Lighting.ToScreen(color * 0.45f), 2);
            AddBar(scene, note.Key.CenterX, half - Border, near + Border, far - Border, Lighting.ToScreen(color), 3);
        }
    }

    // By the tenth of the ways from note to note within a hand that are shortest; the notes of a chord are one.
    private static float SpeedFor(Note[] notes)
    {
        const double Chord = 0.04;
        var steps = notes.GroupBy(note => note.Hand).SelectMany(hand => hand.Zip(hand.Skip(1), (a, b) => b.Onset - a.Onset)).Where(step => step > Chord).Order().ToArray();
        return steps.Length == 0 ? Slowest : Math.Clamp(NumberLength / (float)steps[steps.Length / 10], Slowest, Fastest);
    }

    private void AddBar(SceneRenderer scene, float x, float half, float near, float far, Vector3 color, int layer)
    {
        if (far <= near) return;
        var corner = MathF.Min(Corner, MathF.Min(half, (far - near) / 2) * 0.9f);
        scene.AddPolygon(
            [
                Point(x - half + corner, near, layer), Point(x + half - corner, near, layer), Point(x + half, near + corner, layer), Point(x + half, far - corner, layer),
                Point(x + half - corner, far, layer), Point(x - half + corner, far, layer), Point(x - half, far - corner, layer), Point(x - half, near + corner, layer),
            ],
            color);
    }
}
