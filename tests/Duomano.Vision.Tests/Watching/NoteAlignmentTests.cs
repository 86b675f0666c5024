using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Vision.Watching;

namespace Duomano.Vision.Tests.Watching;

/// <summary>One finger that goes from key to key at known times.</summary>
public class NoteAlignmentTests
{
    private static readonly OverheadCamera Camera = new(0, 0, 100);

    private static readonly int[] Keys = [60, 67, 64, 72, 62, 69, 57, 76, 65, 74];

    [Theory]
    [InlineData(0)]
    [InlineData(3.4)]
    [InlineData(-2.6)]
    public void The_time_is_found_at_which_a_file_begins(double later)
    {
        var (shift, octaves, fit) = NoteAlignment.Find(Film(6, Math.Max(0, later)), Camera, Notes(Math.Max(0, -later), 1), [0]);
        Assert.InRange(shift, later - 0.15, later + 0.15);
        Assert.Equal(0, octaves);
        Assert.True(fit > 0.5, $"{fit}");
    }

    [Fact]
    public void What_is_repeated_is_seen_for_the_first_time()
    {
        var (shift, _, _) = NoteAlignment.Find(Film(6, 0), Camera, Notes(0, 3), [0]);
        Assert.InRange(shift, -0.15, 0.15);
    }

    [Fact]
    public void The_octave_is_found_in_which_a_keyboard_is()
    {
        Note[] lower = [.. Notes(0, 1).Select(note => new Note(note.Onset, note.Offset, new(note.Key.Midi - 12), 80))];
        var (_, octaves, _) = NoteAlignment.Find(Film(6, 0), Camera, lower, [-2, -1, 0, 1, 2]);
        // The keyboard is an octave lower than it was thought to be.
        Assert.Equal(-1, octaves);
    }

    [Fact]
    public void Other_music_does_not_fit()
    {
        Note[] other = [.. Enumerable.Range(0, 10).Select(i => new Note(0.5 * i, 0.5 * i + 0.4, new(25 + 2 * i), 80))];
        Assert.True(NoteAlignment.Find(Film(6, 0), Camera, other, [0]).Fit < 0.1);
        Assert.Equal((0, 0, 0), NoteAlignment.Find(Film(6, 0), Camera, [], [0]));
    }

    private static Note[] Notes(double later, int times) =>
        [.. from time in Enumerable.Range(0, times) from i in Enumerable.Range(0, Keys.Length) let onset = later + 0.5 * (time * Keys.Length + i) select new Note(onset, onset + 0.4, new(Keys[i]), 80)];

    // The right hand's index is on the keys, everything else far away.
    private static RecordedEpisode Film(double seconds, double later)
    {
        const int Fps = 30;
        var frames = (int)((seconds + later) * Fps);
        var points = new Vector2[frames * 2 * RecordedEpisode.PointCount];
        Array.Fill(points, new Vector2(5, 5));
        var trust = new float[frames * 2];
        for (var frame = 0; frame < frames; frame++)
        {
            var note = Math.Clamp((int)Math.Floor((frame / (double)Fps - later + 0.06) / 0.5), 0, Keys.Length - 1);
            points[(frame * 2 + 1) * RecordedEpisode.PointCount + 2] = new(new Core.Keyboard.PianoKey(Keys[note]).CenterX, -0.08f);
            trust[frame * 2 + (int)HandSide.Right] = 1;
        }

        return new(points, Fps, [], 0) { Trust = trust };
    }
}
