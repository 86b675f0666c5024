using CsCheck;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Rendering.Sheet;
using SkiaSharp;

namespace Duomano.Rendering.Tests.Sheet;

public class PianoRollTest
{
    private static readonly SKRect Area = SKRect.Create(100, 50, 900, 124);

    private static readonly Gen<Note> Notes = Gen.Select(Gen.Double[-1, 3.5], Gen.Double[0.05, 2], Gen.Int[PianoKey.LowestMidi, PianoKey.HighestMidi], Gen.Int[1, 5])
        .Select((onset, length, midi, finger) => new Note(onset + 1, onset + 1 + length, new(midi), 70) { Hand = HandSide.Right, Finger = (Finger)finger });

    [Fact]
    public void Numbers_of_a_chord_do_not_touch_and_none_is_cut_off() => Gen.Select(Gen.Int[2, 9], Gen.Int[PianoKey.LowestMidi, PianoKey.HighestMidi - 20]).Sample((count, lowest) =>
    {
        Note[] chord = [.. Enumerable.Range(0, count).Select(i => new Note(1, 2, new(lowest + 2 * i), 70) { Finger = (Finger)(1 + i % 5) })];
        var places = new PianoRoll([.. chord, new(0.2, 0.4, new(PianoKey.HighestMidi), 70)], 0, 3).Numbers(Area, 0, 3).ToList();
        Assert.Equal(chord.Select(note => note.Finger!.Value), places.Select(number => number.Finger).Reverse());
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.InRange(pair.Second.Place.Y - pair.First.Place.Y, 9, 200));
        Assert.All(places, number => Assert.InRange(number.Place.Y, Area.Top + 5, Area.Bottom - 5));
    });

    [Fact]
    public void Every_fingered_note_in_sight_has_its_number_inside_the_roll() => Notes.List[0, 60].Sample(notes =>
    {
        var shown = notes.Where(note => note.Offset > 1 && note.Onset < 4).OrderBy(note => note.Onset).ToList();
        var places = new PianoRoll(notes, 1, 4).Numbers(Area, 1, 4).ToList();
        Assert.Equal(shown.Select(note => note.Finger!.Value).Order(), places.Select(number => number.Finger).Order());
        Assert.All(places, number => Assert.True(Area.Contains(number.Place), $"{number.Place}"));
    });

    [Fact]
    public void The_pedal_is_a_curve_along_the_lower_edge()
    {
        using var bitmap = new SKBitmap(1100, 200, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        new PianoRoll([new(0, 1, new(60), 70)], [new(1, 127), new(2, 64), new(2.5, 0)]).Draw(canvas, Area, 0, 4, null);

        // Pixels from the lower edge up that are of the pedal's colour, which has little blue.
        int Height(double time)
        {
            var x = (int)(Area.Left + time / 4 * Area.Width);
            return Enumerable.Range(0, 12).TakeWhile(up => bitmap.GetPixel(x, (int)Area.Bottom - 1 - up) is var color && color.Red - color.Blue > 60).Count();
        }

        Assert.Equal([0, 7, 0], [Height(0.5), Height(1.5), Height(3)]);
        Assert.InRange(Height(2.25), 3, 4);
    }
}
